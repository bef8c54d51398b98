import { sampleOf } from '../../../src-engine/statistics/samples.ts'
import type { QueryName } from '../../../src-engine/query/name.ts'
import type { Cell, RunGroupRow, RunQuery, SummaryCell } from '../../contract/query.ts'
import { cellOf, type StoredCell } from './name-sql.ts'

/** A run with the stored cells of the names that it is grouped by, and then of the columns. */
export type GroupedRun = [runId: string, ...cells: StoredCell[]]

/** Groups runs by their keys, in the order that `sort` says, and else in that of the keys. */
export function groupRows(
  runs: readonly GroupedRun[], keys: readonly QueryName[], columns: readonly QueryName[], sort: RunQuery['sort'],
): RunGroupRow[] {
  const byKey = new Map<string, GroupedRun[]>()
  for (const run of runs) {
    const key = keys.length === 1 ? `${typeof run[1]} ${run[1]}` : JSON.stringify(run.slice(1, 1 + keys.length))
    const group = byKey.get(key)
    if (group) group.push(run)
    else byKey.set(key, [run])
  }
  const groups = [...byKey.values()].map((group): RunGroupRow => ({
    keys: keys.map((name, index) => cellOf(name, group[0]![1 + index]!)),
    runIds: group.map(([runId]) => runId),
    cells: columns.map((name, index) => summaryOf(name, group.map((run) => run[1 + keys.length + index]!))),
  }))
  return groups.sort(orderOf(keys, columns, sort))
}

/** Numbers by their mean and spread: runs without a value do not count, but NaN does. */
export function summaryOf(name: QueryName, stored: readonly StoredCell[]): SummaryCell {
  if (name.kind === 'number' && !name.isLabel) {
    const { n, mean, sd } = sampleOf(stored.filter((cell) => cell !== null).map(Number))
    return { kind: 'number', n, mean, sd }
  }
  const different = new Set(stored)
  return { kind: 'value', value: different.size === 1 ? cellOf(name, stored[0]!) : null, different: different.size }
}

type Compare = (a: RunGroupRow, b: RunGroupRow) => number

function orderOf(keys: readonly QueryName[], columns: readonly QueryName[], sort: RunQuery['sort']): Compare {
  const placeOf = (wanted: string, names: readonly QueryName[]) => names.findIndex(({ name }) => name === wanted)
  const given = sort.flatMap(({ name, descending }): Compare[] => {
    const [key, column] = [placeOf(name, keys), placeOf(name, columns)]
    if (key >= 0) return [by(({ keys }) => keys[key]!, descending)]
    return column < 0 ? [] : [by(({ cells }) => meanOf(cells[column]!), descending)]
  })
  const all = [...given, ...keys.map((_, index) => by(({ keys }) => keys[index]!, false))]
  return (a, b) => all.reduce((order, compare) => order || compare(a, b), 0)
}

const meanOf = (cell: SummaryCell): Cell => (cell.kind === 'number' ? (cell.n === 0 ? null : cell.mean) : cell.value)

const by = (of: (group: RunGroupRow) => Cell, descending: boolean): Compare => (a, b) => compareCells(of(a), of(b), descending)

/** Numbers before texts. A missing value is last in both directions, and NaN before it. */
export function compareCells(a: Cell, b: Cell, descending: boolean): number {
  const [left, right] = [rankOf(a), rankOf(b)]
  if (left !== right || left > 1) return left - right
  const [one, other] = left === 0 ? [Number(a), Number(b)] : [String(a).toLowerCase(), String(b).toLowerCase()]
  if (one === other) return 0
  return (one < other) === descending ? 1 : -1
}

function rankOf(cell: Cell): number {
  if (cell === null) return 3
  if (typeof cell === 'number' && Number.isNaN(cell)) return 2
  return typeof cell === 'number' || typeof cell === 'boolean' ? 0 : 1
}
