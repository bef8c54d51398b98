import Database from 'better-sqlite3'
import { asLibraryError } from './error.ts'
import { fateOf, isThisProcess, parseOwner } from './owner.ts'
import { UNFINISHED } from './queue.ts'
import { inExclusiveTransaction } from './transaction.ts'

/**
 * Owners of unfinished runs that cannot be seen from here, for example in another container. They count as living, but only while
 * another program has the library open, because a program that owns a run always does.
 */
export function unseenOwners(db: Database.Database): string[] {
  const owners = db.prepare<[], string>(`SELECT DISTINCT owner FROM runs WHERE ${UNFINISHED} AND owner IS NOT NULL`).pluck().all()
  return owners.filter((text) => {
    const owner = parseOwner(text)
    return owner !== null && !isThisProcess(owner) && fateOf(owner) === 'unknown'
  })
}

/**
 * Releases the runs of unseen owners if no program has the library open. The lock that proves this is the one of SQLite on the file,
 * which processes of all containers of a machine see.
 * @param file a library that this process has not opened
 */
export function releaseUnseen(file: string, nativeBinding?: string): void {
  const db = new Database(file, { fileMustExist: true, timeout: 0, nativeBinding })
  try {
    db.pragma('locking_mode = EXCLUSIVE')
    inExclusiveTransaction(db, () => {
      const release = db.prepare('UPDATE runs SET owner = NULL WHERE owner = ?')
      for (const owner of unseenOwners(db)) release.run(owner)
    })
  } catch (error) {
    if (asLibraryError(error).code !== 'locked') throw error
  } finally {
    db.close()
  }
}
