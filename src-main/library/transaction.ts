import type { Database } from 'better-sqlite3'

/**
 * Runs `work` in a transaction that takes the write lock at its start, so that it waits for other programs. A transaction that begins
 * with a read cannot wait: if another program writes before it does, SQLite refuses its write at once.
 */
export const inTransaction = <Result>(db: Database, work: () => Result): Result => db.transaction(work).immediate()

/** Like `inTransaction`, but also without any reader. The connection must have the locking mode EXCLUSIVE. */
export const inExclusiveTransaction = <Result>(db: Database, work: () => Result): Result => db.transaction(work).exclusive()
