import type { Database } from 'better-sqlite3'
import { breathe, type LongTask } from './long-task.ts'

/** Pages given back in one transaction, 1 MiB. */
const PAGES_A_STEP = 256

/** Gives the room of what was deleted back to the disk, piece by piece. @returns bytes */
export async function compact(db: Database, task: LongTask): Promise<number> {
  const pageSize = db.pragma('page_size', { simple: true }) as number
  const freePages = () => db.pragma('freelist_count', { simple: true }) as number
  const total = freePages()
  for (let left = total, before = Infinity; left > 0 && left < before; left = freePages()) {
    before = left
    task.report((total - left) * pageSize, total * pageSize)
    db.pragma(`incremental_vacuum(${PAGES_A_STEP})`)
    await breathe()
  }
  task.report((total - freePages()) * pageSize, total * pageSize)
  db.pragma('wal_checkpoint(TRUNCATE)')
  return (total - freePages()) * pageSize
}
