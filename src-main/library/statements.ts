import type { Database, Statement } from 'better-sqlite3'

/** A program has a few hundred statements of its own. Queries of the user add one for each form. */
const MOST_KEPT = 1000

/**
 * Prepares each statement once per connection. The memory of a statement is native, so it hardly urges the garbage collector: the two
 * kilobytes of each statement of a long run would add up.
 */
export function keepStatements(db: Database): void {
  const kept = new Map<string, Statement>()
  const prepare = db.prepare.bind(db) as (sql: string) => Statement
  const keep = (sql: string): Statement => {
    const known = kept.get(sql)
    if (known && !known.busy) return asPrepared(known)
    const statement = prepare(sql)
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(sql, statement)
    return statement
  }
  db.prepare = keep as Database['prepare']
}

/** Undoes the modes that an earlier use has set. Only statements that return rows have modes. */
function asPrepared(statement: Statement): Statement {
  if (statement.reader) statement.raw(false).pluck(false)
  return statement
}
