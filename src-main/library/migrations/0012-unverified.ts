import type { Database } from 'better-sqlite3'

/** Adds the list of runs that came from outside and were not computed here. Of runs of earlier versions it is not known. */
export function addUnverified(db: Database): void {
  db.exec('CREATE TABLE unverified (run_id TEXT NOT NULL PRIMARY KEY REFERENCES runs ON DELETE CASCADE) STRICT, WITHOUT ROWID')
}
