import type { Database } from 'better-sqlite3'

/** One upgrade step from version n − 1 to n. Never edit a released step, not even a comment in its SQL, which SQLite stores. */
export type Migration = (db: Database) => void
