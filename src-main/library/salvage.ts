import Database from 'better-sqlite3'
import type { CheckWatcher } from './check.ts'
import { realsFromBytes } from './codec.ts'
import { configure, writeEmptyLibrary } from './connection.ts'
import { refreshExtremes } from './epochs.ts'
import { yieldToEvents } from './long-task.ts'
import type { Salvaged } from './protocol.ts'
import { inTransaction } from './transaction.ts'

/** What versions before 7 called a column. */
const formerNames: Readonly<Record<string, string>> = { loss: 'mse', loss_last_20: 'mse_last_20' }

const children = ['epochs', 'pattern_losses', 'epoch_metrics', 'last_metrics', 'annotations', 'tags', 'unverified', 'arrays', 'checkpoints'] as const
/** Of these, what libraries of earlier versions lack. */
const addedLater: ReadonlySet<string> = new Set(['pattern_losses', 'epoch_metrics', 'last_metrics', 'annotations', 'tags', 'unverified'])

/** Copies everything readable from a damaged library to a new file, run by run. Of a damaged table, copies the rows before the damage. */
export async function salvage(
  from: Database.Database, file: string, watcher: CheckWatcher, nativeBinding?: string,
): Promise<Salvaged> {
  writeEmptyLibrary(file, nativeBinding)
  const into = new Database(file, { nativeBinding })
  configure(into)
  try {
    for (const table of ['samples', 'settings', 'figures', 'views']) copyRows(from, into, table, '', [])
    for (const table of ['sweeps', 'presets']) inTransaction(into, () => copyReferring(from, into, table, '', []))
    const salvaged: Salvaged = { runs: 0, incomplete: [] }
    const runIds = readableIds(from)
    for (const runId of runIds) {
      if (watcher.stopped()) break
      const result = inTransaction(into, () => copyRun(from, into, runId))
      if (result !== 'no run') salvaged.runs++
      if (result !== 'complete') salvaged.incomplete.push(runId)
      watcher.progress(salvaged.runs, runIds.length)
      await yieldToEvents()
    }
    return salvaged
  } finally {
    into.close()
  }
}

function copyRun(from: Database.Database, into: Database.Database, runId: string): 'complete' | 'incomplete' | 'no run' {
  copyReferring(from, into, 'runs', 'WHERE run_id = ?', [runId])
  if (into.prepare('SELECT 1 FROM runs WHERE run_id = ?').get(runId) === undefined) return 'no run'
  const parts = children.filter((table) => !isMissing(from, table))
    .map((table) => copyRows(from, into, table, 'WHERE run_id = ?', [runId]))
  if (packsLosses(from)) parts.push(copyPackedLosses(from, into, runId))
  refreshExtremes(into, runId)
  return parts.every((part) => part === 'complete') ? 'complete' : 'incomplete'
}

function isMissing(from: Database.Database, table: string): boolean {
  try {
    return addedLater.has(table) && columnsOf(from, table).length === 0
  } catch {
    return false
  }
}

/** Rows that refer to samples stay also if those are lost. */
function copyReferring(from: Database.Database, into: Database.Database, table: string, where: string, values: string[]): void {
  into.pragma('defer_foreign_keys = ON')
  copyRows(from, into, table, where, values)
  into.exec(`UPDATE ${table} SET samples = NULL WHERE samples IS NOT NULL AND NOT EXISTS (SELECT 1 FROM samples WHERE sha256 = ${table}.samples)`)
}

/** Copies rows until one cannot be read. */
function copyRows(from: Database.Database, into: Database.Database, table: string, where: string, values: string[]): 'complete' | 'incomplete' {
  try {
    // A view in the place of a table could run without end.
    if (!isTable(from, table)) return 'incomplete'
    // A library that is too damaged to be upgraded lacks the columns of later versions.
    const theirs = new Set(columnsOf(from, table))
    const source = (name: string) => [name, formerNames[name]].find((one) => one !== undefined && theirs.has(one))
    const columns = columnsOf(into, table).filter((name) => source(name) !== undefined)
    if (columns.length === 0) return 'incomplete'
    const insert = into.prepare(`INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`)
    for (const row of from.prepare(`SELECT ${columns.map(source).join(', ')} FROM ${table} ${where}`).raw().iterate(...values)) insert.run(row as unknown[])
    return 'complete'
  } catch {
    return 'incomplete'
  }
}

/** Versions before 7 packed the losses of the patterns in a column of the epochs. */
function packsLosses(from: Database.Database): boolean {
  try {
    return columnsOf(from, 'epochs').includes('pattern_mse')
  } catch {
    return false
  }
}

function copyPackedLosses(from: Database.Database, into: Database.Database, runId: string): 'complete' | 'incomplete' {
  try {
    const insert = into.prepare('INSERT OR IGNORE INTO pattern_losses (run_id, epoch, pattern, loss) VALUES (?, ?, ?, ?)')
    const packed = from.prepare<[string], [number, Uint8Array]>('SELECT epoch, pattern_mse FROM epochs WHERE run_id = ?').raw().iterate(runId)
    for (const [epoch, bytes] of packed) realsFromBytes(bytes).forEach((loss, pattern) => insert.run(runId, epoch, pattern, loss))
    return 'complete'
  } catch {
    return 'incomplete'
  }
}

const isTable = (from: Database.Database, table: string) =>
  from.prepare<[string], string>('SELECT type FROM pragma_table_list(?) WHERE schema = \'main\'').pluck().get(table) === 'table'

/** Columns that can be written: all but the generated ones. */
const columnsOf = (db: Database.Database, table: string) => (db.pragma(`table_xinfo(${table})`) as { name: string; hidden: number }[])
  .filter(({ hidden }) => hidden === 0).map(({ name }) => name)

/** Collects run ids from the table, from its index and from the tables that refer to runs, since any of them may be damaged. */
function readableIds(from: Database.Database): string[] {
  const ids = new Set<string>()
  const sources = [
    ['runs', 'SELECT run_id FROM runs NOT INDEXED'], ['runs', 'SELECT run_id FROM runs ORDER BY run_id'],
    ['epochs', 'SELECT DISTINCT run_id FROM epochs'], ['runs', 'SELECT run_id FROM runs NOT INDEXED ORDER BY rowid DESC'],
  ] as const
  for (const [table, source] of sources) {
    try {
      if (!isTable(from, table)) continue
      for (const id of from.prepare<[], string>(source).pluck().iterate()) ids.add(id)
    } catch {
      // The next source may still be readable.
    }
  }
  return [...ids]
}
