import type { Database } from 'better-sqlite3'

/**
 * Creates the table of runs again with a changed definition, since SQLite can neither change the expression of a column nor add a stored
 * one. Its rows, their order and its indices stay.
 * @param change the new statement for the one that created the table
 */
export function recreateRuns(db: Database, change: (sql: string) => string): void {
  const { sql } = db.prepare<[], { sql: string }>(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'runs'`).get()!
  const indexes = db.prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'runs' AND sql IS NOT NULL`)
    .pluck().all()
  const columns = (db.pragma('table_xinfo(runs)') as { name: string; hidden: number }[])
    .filter(({ hidden }) => hidden === 0).map(({ name }) => name).join(', ')
  db.exec(`
    ${change(sql).replace(/^CREATE TABLE "?runs"?/, 'CREATE TABLE new_runs')};
    INSERT INTO new_runs (${columns}) SELECT ${columns} FROM runs ORDER BY rowid;
    DROP TABLE runs;
    ALTER TABLE new_runs RENAME TO runs;
    ${indexes.map((index) => `${index};`).join('\n')}
  `)
}
