import type { Database } from 'better-sqlite3'

/**
 * Lets a run be changed, moved and deleted whatever its spec holds. Its list columns are read from the spec at every change, so a spec that
 * is no JSON, or has other types there, made SQLite refuse each of them.
 *
 * Creates the table of runs again, because SQLite cannot change the expression of a column. All else about the table stays as it is.
 */
export function allowUnreadableSpecs(db: Database): void {
  const { sql } = db.prepare<[], { sql: string }>(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'runs'`).get()!
  const indexes = db.prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'runs' AND sql IS NOT NULL`)
    .pluck().all()
  const columns = (db.pragma('table_xinfo(runs)') as { name: string; hidden: number }[])
    .filter(({ hidden }) => hidden === 0).map(({ name }) => name).join(', ')
  const table = safe.reduce((text, [old, now]) => text.replace(old, () => now), sql).replace(/^CREATE TABLE "?runs"?/, 'CREATE TABLE runs_6')
  db.exec(`
    ${table};
    INSERT INTO runs_6 (${columns}) SELECT ${columns} FROM runs ORDER BY rowid;
    DROP TABLE runs;
    ALTER TABLE runs_6 RENAME TO runs;
    ${indexes.map((index) => `${index};`).join('\n')}
  `)
}

/** A value of the spec if it has this type, else another one. */
const valueOr = (path: string, type: 'text' | 'integer', otherwise: string) => `(coalesce(CASE WHEN json_valid(spec) THEN `
  + `CASE typeof(spec ->> '${path}') WHEN '${type}' THEN spec ->> '${path}' END END, ${otherwise}))`

const safe: [old: string, now: string][] = [
  [`(spec ->> '$.name')`, valueOr('$.name', 'text', `''`)],
  [`(spec ->> '$.preset')`, valueOr('$.preset', 'text', `''`)],
  [`(spec ->> '$.scheme.kind')`, valueOr('$.scheme.kind', 'text', `''`)],
  [`(spec ->> '$.seed')`, valueOr('$.seed', 'integer', '0')],
  [`(spec ->> '$.training.epochs')`, valueOr('$.training.epochs', 'integer', 'epochs_done')],
]
