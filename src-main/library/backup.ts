import Database from 'better-sqlite3'
import { existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Backup, backupSchema } from '../contract/library.ts'
import { backupName, prune } from './backups.ts'
import { LibraryError } from './error.ts'
import { createPrivately, draftOf, putInPlace, removeDraft } from './files.ts'
import { APPLICATION_ID } from './identity.ts'
import type { LongTask } from './long-task.ts'
import { write } from './operation.ts'
import { refuseLongPath } from './path-length.ts'
import { fixView } from './transaction.ts'

/** Backs up a library before a migration, in one step, because nothing else of this process uses the library yet. */
export function backUpAtOnce(db: Database.Database, file: string, nativeBinding?: string, now = new Date()): Backup {
  const place = newPlace(file, 'migration', now)
  const draft = draftOf(place.file)
  refuseLongPath(file, draft)
  try {
    createPrivately(draft, file)
    db.prepare('VACUUM INTO ?').run(draft)
    return keep(file, draft, place, nativeBinding)
  } finally {
    removeDraft(draft)
  }
}

/** Pages copied before other requests are answered, 4 MiB. */
const PAGES_A_STEP = 1024

/** Backs up a library as it is now, some pages at a time, while it is in use. Blocks no program, and ends however much they write. */
export async function backUp(
  file: string, reason: Backup['reason'], task: LongTask, nativeBinding?: string, now = new Date(),
): Promise<Backup> {
  const place = newPlace(file, reason, now)
  const draft = draftOf(place.file)
  refuseLongPath(file, draft)
  const snapshot = openSnapshot(file, nativeBinding)
  try {
    createPrivately(draft, file)
    const pageSize = snapshot.pragma('page_size', { simple: true }) as number
    await snapshot.backup(draft, {
      progress({ totalPages, remainingPages }) {
        task.report((totalPages - remainingPages) * pageSize, totalPages * pageSize)
        return PAGES_A_STEP
      },
    })
    return keep(file, draft, place, nativeBinding)
  } finally {
    snapshot.close()
    removeDraft(draft)
  }
}

/**
 * Opens a connection of its own that sees the library as it is now until it is closed. A copy through a connection that sees later
 * writes would start again with every write of another program.
 */
function openSnapshot(file: string, nativeBinding?: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true, nativeBinding })
  fixView(db)
  return db
}

type Place = Pick<Backup, 'file' | 'madeAt' | 'reason'>

/** A name that is free, even if the clock shows the time of an earlier backup again. Creates the folder of backups. */
function newPlace(file: string, reason: Backup['reason'], now: Date): Place {
  const name = backupName(file, reason, now)
  if (existsSync(name)) return newPlace(file, reason, new Date(now.getTime() + 1))
  mkdirSync(dirname(name), { recursive: true })
  return { file: name, madeAt: now.toISOString(), reason }
}

/** Verifies a complete draft, puts it in its place, and deletes backups that are superfluous by now. */
function keep(file: string, draft: string, place: Place, nativeBinding?: string): Backup {
  requireWhole(draft, nativeBinding)
  putInPlace(draft, place.file)
  prune(file, Date.parse(place.madeAt))
  return { ...place, bytes: statSync(place.file).size }
}

/** Verifies a copy. @throws LibraryError if the file is damaged or not a library */
export function requireWhole(file: string, nativeBinding?: string): void {
  const db = new Database(file, { readonly: true, fileMustExist: true, nativeBinding })
  try {
    if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) throw new LibraryError('foreign', `The copy was discarded: it is not a Chalcogen library (${file}).`)
    const verdict = db.pragma('quick_check(1)', { simple: true })
    if (verdict === 'ok') return
    throw new LibraryError('damaged', `The copy was discarded: it is damaged (${verdict}). `
      + 'Check and repair the library, or choose another backup.')
  } finally {
    db.close()
  }
}

export const backupOperations = {
  /** Saves a backup in the backup folder, then deletes old backups by the rule in backups.ts. */
  backUp: write([backupSchema.shape.reason], (on, reason) =>
    on.runLong('backup', 'bytes', (task) => backUp(on.file, reason, task, on.nativeBinding))),
}
