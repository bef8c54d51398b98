import type { Database } from 'better-sqlite3'

/** One upgrade step from version n − 1 to n. Never edit a released step: add a new one. */
export type Migration = (db: Database) => void
