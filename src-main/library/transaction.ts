import type { Database } from 'better-sqlite3'

/**
 * Runs `work` in a transaction that takes the write lock at its start, so that it waits for other programs. A transaction that begins
 * with a read cannot wait: if another program writes before it does, SQLite refuses its write at once.
 */
export const inTransaction = <Result>(db: Database, work: () => Result): Result => db.transaction(work).immediate()

/** Like `inTransaction`, but also without any reader. The connection must have the locking mode EXCLUSIVE. */
export const inExclusiveTransaction = <Result>(db: Database, work: () => Result): Result => db.transaction(work).exclusive()

/** Runs `work`, which only reads, on the library as it is at its first read. Without it, other programs may write between two reads. */
export const inOneView = <Result>(db: Database, work: () => Result): Result => db.transaction(work).deferred()

/** Fixes what a connection that only reads will see until it is closed: the library as it is now. */
export function fixView(db: Database): void {
  db.exec('BEGIN')
  // The first read fixes what the transaction sees.
  db.pragma('user_version')
}
