import type { Database } from 'better-sqlite3'
import { yieldToEvents, type LongTask } from './long-task.ts'
import { write } from './operation.ts'

/** Pages freed in one transaction, 1 MiB. */
const PAGES_A_STEP = 256

/** Returns the space of deleted data to the disk, in steps. @returns freed bytes */
export async function compact(db: Database, task: LongTask): Promise<number> {
  const pageSize = db.pragma('page_size', { simple: true }) as number
  const freePages = () => db.pragma('freelist_count', { simple: true }) as number
  const total = freePages()
  for (let left = total, before = Infinity; left > 0 && left < before; left = freePages()) {
    before = left
    task.report((total - left) * pageSize, total * pageSize)
    db.pragma(`incremental_vacuum(${PAGES_A_STEP})`)
    await yieldToEvents()
  }
  task.report((total - freePages()) * pageSize, total * pageSize)
  db.pragma('wal_checkpoint(TRUNCATE)')
  return (total - freePages()) * pageSize
}

export const compactOperations = {
  /** Resolves to the number of bytes returned to the disk. */
  compact: write([], (on) => on.runLong('compact', 'bytes', (task) => compact(on.db, task))),
}
