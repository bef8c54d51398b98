import type { Database } from 'better-sqlite3'

/** Figures that the user keeps: what they show of which runs, and how they look. */
export function addFigures(db: Database): void {
  db.exec(`
    CREATE TABLE figures (
      name TEXT PRIMARY KEY COLLATE NOCASE,
      changed_at TEXT NOT NULL,
      document TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `)
}
