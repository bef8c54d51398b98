import type { Database } from 'better-sqlite3'
import { CLOCKS_DIFFER_MS } from '../../../src-engine/format/dates.ts'
import { schemeKinds, schemeTitle } from '../../../src-engine/experiment/scheme.ts'
import type { QueryName } from '../../../src-engine/query/name.ts'
import { outcomes } from '../../../src-engine/statistics/comparison.ts'
import type { RunOrder } from '../../contract/query.ts'
import type { RunStatus } from '../../contract/run.ts'
import type { Binder } from './binder.ts'
import { cellSql, requireName, sqlOfName, type StoredCell } from './name-sql.ts'
import { naturalOrder } from './natural-order.ts'

/** A run with the value that it is sorted by, and the stored cells of what it is grouped by. */
export type ListedRun = [runId: string, sortedBy: StoredCell, ...keys: StoredCell[]]

/** Which runs of `runs`, in SQL, and the values of its parameters. */
export interface Found {
  where: string
  binder: Binder
  presetTitles: ReadonlyMap<string, string>
}

/**
 * All runs, read from the index of the list. SQLite would take name, seed and scheme, which are made from the spec, for columns that the
 * index does not have, and read the table with its specs, which takes five times as long.
 */
export const LISTED = 'runs INDEXED BY runs_listed'

const NEWEST_FIRST = 'runs.created_at DESC, runs.run_id DESC'

/** Those that need attention come first. */
const statuses: readonly RunStatus[] = ['running', 'queued', 'paused', 'interrupted', 'failed', 'stopped', 'done']
const worstFirst = outcomes.toReversed()
const byTitle = schemeKinds.toSorted((a, b) => (schemeTitle(a) < schemeTitle(b) ? -1 : 1))

/** Place of an identifier among those of its kind. */
const rankSql = (column: string, inOrder: readonly string[]) =>
  `CASE ${column} ${inOrder.map((value, place) => `WHEN '${value}' THEN ${place}`).join(' ')} END`

/** Columns of the list that are sorted by another value than their own. */
const ranks: Readonly<Record<string, string>> = {
  status: rankSql('runs.status', statuses),
  outcome: rankSql('runs.outcome', worstFirst),
  scheme: rankSql('runs.scheme', byTitle),
  epochs: 'runs.epochs_done',
}

/** Kinds whose values are texts that people read, so that 'run 9' is before 'run 10'. */
const isRead = ({ name, kind }: QueryName) => !Object.hasOwn(ranks, name) && (kind === 'text' || kind === 'choice' || kind === 'list')

/**
 * Runs in the order of a column of the list. Missing values, NaN and times that a wrong clock has given come last in both directions;
 * equal runs are newest first.
 * @param keys what is read of each run besides
 * @param now ms since 1970
 */
export function listedRuns(db: Database, found: Found, sort: RunOrder['sort'], keys: readonly QueryName[], now = Date.now()): ListedRun[] {
  const { binder, where } = found
  const name = requireName(sort.name)
  const more = keys.map((key) => `, ${cellSql(sqlOfName(key, binder))}`).join('')
  const read = (value: string, which: string, order: string) =>
    db.prepare<[object], ListedRun>(`SELECT runs.run_id, ${value}${more} FROM ${LISTED} WHERE ${which} ORDER BY ${order}`).raw().all(binder.values)
  const direction = sort.descending ? 'DESC' : 'ASC'

  if (name.name === 'created') {
    // The index of the list has this order.
    const latest = binder.bind(new Date(now + CLOCKS_DIFFER_MS).toISOString())
    return [
      ...read('NULL', `${where} AND runs.created_at <= ${latest}`, `runs.created_at ${direction}, runs.run_id DESC`),
      ...read('NULL', `${where} AND runs.created_at > ${latest}`, NEWEST_FIRST),
    ]
  }
  if (isRead(name)) return naturalOrder(read(textSql(name, found), where, NEWEST_FIRST), name, sort.descending)
  const value = ranks[name.name] ?? sqlOfName(name, binder).value
  return read(cellSql({ ...sqlOfName(name, binder), value }), where, `${value} ${direction} NULLS LAST, ${NEWEST_FIRST}`)
}

/** The text that a list shows. A run without a name is called by its preset, else by its id. */
function textSql(name: QueryName, { binder, presetTitles }: Found): string {
  const { value } = sqlOfName(name, binder)
  if (name.name !== 'name') return value
  const titles = [...presetTitles].map(([id, title]) => `WHEN ${binder.bind(id)} THEN ${binder.bind(title)}`).join(' ')
  const preset = titles === '' ? 'runs.preset' : `CASE runs.preset ${titles} ELSE runs.preset END`
  return `coalesce(nullif(${value}, ''), nullif(${preset}, ''), runs.run_id)`
}
