import type { Database } from 'better-sqlite3'

/** One step from version n − 1 to n. Once released it is never edited: a change is a new step. */
export type Migration = (db: Database) => void
