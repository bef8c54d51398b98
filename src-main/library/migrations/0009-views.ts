import type { Database } from 'better-sqlite3'

/** Views that the user keeps: what a screen shows, as an address. */
export function addViews(db: Database): void {
  db.exec(`
    CREATE TABLE views (
      name TEXT PRIMARY KEY COLLATE NOCASE,
      changed_at TEXT NOT NULL,
      document TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `)
}
