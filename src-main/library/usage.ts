import type { Database } from 'better-sqlite3'
import { statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Usage } from '../contract/library.ts'
import type { RunStatus, Shelf } from '../contract/run.ts'
import { read } from './operation.ts'

/** Disk space that a library uses, and free space on its disk. */
export function usageOf(db: Database, file: string): Usage {
  const pages = (name: string) => (db.pragma(name, { simple: true }) as number) * (db.pragma('page_size', { simple: true }) as number)
  const rows = db.prepare<[], { shelf: Shelf; runs: number }>('SELECT shelf, count(*) AS runs FROM runs GROUP BY shelf').all()
  const runs = { library: 0, archive: 0, trash: 0, ...Object.fromEntries(rows.map((row) => [row.shelf, row.runs])) }
  const statuses = db.prepare<[], [RunStatus, number]>('SELECT status, count(*) FROM runs GROUP BY status').raw().all()
  return {
    fileBytes: pages('page_count') + sizeOf(`${file}-wal`), freeBytes: pages('freelist_count'), diskBytes: diskBytes(file), runs,
    statuses: Object.fromEntries(statuses),
  }
}

function diskBytes(file: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(dirname(file))
    return bavail * bsize
  } catch {
    return null
  }
}

/** File size, 0 if there is no file. Does not open the file, which would release SQLite's locks. */
const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0

export const usageOperations = {
  usage: read([], ({ db, file }) => usageOf(db, file)),
}
