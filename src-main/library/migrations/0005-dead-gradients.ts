import type { Database } from 'better-sqlite3'

/**
 * Adds to each epoch the fraction of neuron-steps without a gradient and of neurons that fire at nearly every step.
 *
 * Until now, the set of conventions 'published' rounded the accumulator down. That set is called 'published-floored' now, so sweeps and
 * presets that name it get the new name. Runs hold their conventions one by one.
 */
export function addDeadGradients(db: Database): void {
  db.exec(`
    ALTER TABLE epochs ADD COLUMN zero_surrogate ANY CHECK (typeof(zero_surrogate) IN ('real', 'null')); -- NULL in runs of earlier versions
    ALTER TABLE epochs ADD COLUMN always_firing ANY CHECK (typeof(always_firing) IN ('real', 'null')); -- NULL in runs of earlier versions
  `)
  renameIn(db, 'sweeps', 'document')
  renameIn(db, 'presets', 'spec')
}

function renameIn(db: Database, table: string, column: string): void {
  const update = db.prepare(`UPDATE ${table} SET ${column} = ? WHERE rowid = ?`)
  const rows = db.prepare<[], { rowid: number; json: string }>(
    `SELECT rowid, ${column} AS json FROM ${table} WHERE json_valid(${column}) AND ${column} LIKE '%"published"%'`,
  ).all()
  for (const { rowid, json } of rows) update.run(JSON.stringify(renamed(JSON.parse(json))), rowid)
}

const renamedSet = (value: unknown) => (value === 'published' ? 'published-floored' : value)

/** A copy in which 'conventions' name the new set: in specs, in the changes of variants, and in the values of a varied parameter. */
function renamed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(renamed)
  if (typeof node !== 'object' || node === null) return node
  const { path } = node as { path?: unknown }
  return Object.fromEntries(Object.entries(node).map(([name, value]: [string, unknown]) => {
    if (name === 'conventions') return [name, renamedSet(renamed(value))]
    if (name === 'values' && path === 'conventions' && Array.isArray(value)) return [name, value.map(renamedSet)]
    return [name, renamed(value)]
  }))
}
