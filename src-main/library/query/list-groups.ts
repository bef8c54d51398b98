import type { Database } from 'better-sqlite3'
import type { QueryName } from '../../../src-engine/query/name.ts'
import { sampleOf } from '../../../src-engine/statistics/samples.ts'
import { type Cell, type ListedGroup, type ListedGroups, type RunOrder, storedValuesIn, type SummaryCell } from '../../contract/query.ts'
import { compareCells, type GroupedRun, summaryOf } from './group-rows.ts'
import { type Found, LISTED, type ListedRun, listedRuns } from './list-order.ts'
import { cellOf, cellSql, requireName, sqlOfName, type StoredCell } from './name-sql.ts'

interface Group {
  key: string
  runs: ListedRun[]
}

/** A combination of stored values as a text, which no other has. */
const keyOf = (stored: readonly StoredCell[]) => JSON.stringify(stored)

const cellsOf = (names: readonly QueryName[], stored: readonly StoredCell[]): Cell[] =>
  names.map((name, index) => cellOf(name, stored[index]!))

const keysOf = ({ replicates, groupBy }: Pick<RunOrder, 'replicates' | 'groupBy'>) =>
  (groupBy.length === 0 && replicates ? ['replicate'] : groupBy).map(requireName)

/** Ids of the runs in order, those of a group together, and where the groups are. */
export function dividedRuns(db: Database, found: Found, asked: RunOrder) {
  const keys = keysOf(asked)
  const runs = listedRuns(db, found, asked.sort, keys)
  if (keys.length === 0) return { total: runs.length, runIds: idsOf(runs), groups: [] }
  const ofReplicates = asked.groupBy.length === 0
  const groups = ofReplicates ? inOrderOfRuns(replicatesOf(runs), asked.sort) : inOrderOfKeys(groupsOf(runs), keys, asked.sort)
  const told: { key: string; from: number; size: number }[] = []
  let from = 0
  for (const { key, runs } of groups) {
    if (!ofReplicates || runs.length > 1) told.push({ key, from, size: runs.length })
    from += runs.length
  }
  return { total: runs.length, runIds: idsOf(groups.flatMap(({ runs }) => runs)), groups: told }
}

const idsOf = (runs: readonly ListedRun[]) => runs.map(([runId]) => runId).join(' ')

function groupsOf(runs: readonly ListedRun[]): Group[] {
  return [...Map.groupBy(runs, ([, , ...stored]) => keyOf(stored))].map(([key, runs]) => ({ key, runs }))
}

/** A run whose spec cannot be read or is not indexed is a replicate of no other. */
function replicatesOf(runs: readonly ListedRun[]): Group[] {
  const groups = new Map<StoredCell | symbol, ListedRun[]>()
  for (const run of runs) {
    const group = groups.get(run[2]!)
    if (run[2] === null) groups.set(Symbol(), [run])
    else if (group === undefined) groups.set(run[2]!, [run])
    else group.push(run)
  }
  return [...groups.values()].map((runs) => ({ key: keyOf([runs[0]![2]!]), runs }))
}

const hasMean = ({ kind, isLabel }: QueryName) => kind === 'number' && !isLabel

/** NaN if a value is; null if there is none. */
function meanOf({ runs }: Group): number | null {
  if (runs.length === 1) return runs[0]![1] === null ? null : Number(runs[0]![1])
  const values = runs.flatMap(([, value]) => (value === null ? [] : [Number(value)]))
  return values.length === 0 ? null : sampleOf(values).mean
}

/** Where the first run of each is, but by the mean of a column of numbers. */
function inOrderOfRuns(groups: readonly Group[], { name, descending }: RunOrder['sort']): readonly Group[] {
  return hasMean(requireName(name)) ? inOrderOf(groups, meanOf, descending) : groups
}

/** By the keys, but first by the mean of a column of numbers. */
function inOrderOfKeys(groups: readonly Group[], keys: readonly QueryName[], { name, descending }: RunOrder['sort']): readonly Group[] {
  const byKey = (index: number, descending: boolean) => (groups: readonly Group[]) =>
    inOrderOf(groups, ({ runs }) => cellOf(keys[index]!, runs[0]![2 + index]!), descending)
  const byKeys = keys.map((_, index) => byKey(index, false)).reduceRight((groups, sort) => sort(groups), groups)
  const place = keys.findIndex((key) => key.name === name)
  if (place >= 0) return byKey(place, descending)(byKeys)
  return hasMean(requireName(name)) ? inOrderOf(byKeys, meanOf, descending) : byKeys
}

function inOrderOf(groups: readonly Group[], valueOf: (group: Group) => Cell, descending: boolean): Group[] {
  return groups.map((group) => ({ group, value: valueOf(group) }))
    .sort((a, b) => compareCells(a.value, b.value, descending))
    .map(({ group }) => group)
}

/** What is known of all runs of a list together. */
export function largestAmong(db: Database, { where, binder }: Found) {
  const [seed, epochs, tasks] = db.prepare<[object], [number | null, number | null, string]>(`
    SELECT max(seed), max(epochs), json_group_array(DISTINCT coalesce(task, '')) FROM ${LISTED} WHERE ${where}
  `).raw().get(binder.values)!
  return { tasks: JSON.parse(tasks) as string[], largest: { seed: seed ?? 0, epochs: epochs ?? 0 } }
}

/** A list shows when the last of the runs was. */
function withLatest(name: QueryName, stored: readonly StoredCell[]): SummaryCell {
  const summary = summaryOf(name, stored)
  if (name.kind !== 'time' || summary.kind !== 'value') return summary
  const times = stored.filter((time) => typeof time === 'string')
  return { ...summary, value: times.length === 0 ? null : times.reduce((a, b) => (a > b ? a : b)) }
}

/** Groups by their keys, with the values of columns. */
export function groupsOfList(db: Database, { where, binder }: Found, { keys, columns, ...asked }: ListedGroups): ListedGroup[] {
  const names = keysOf(asked)
  const stored = keys.map((key) => storedValuesIn(key)!)
  const values = columns.map(requireName)
  const cells = [...names, ...values].map((name) => `, ${cellSql(sqlOfName(name, binder))}`).join('')
  // A library has many replicates, but few other groups.
  const [from, some] = asked.groupBy.length > 0 ? [LISTED, ''] : ['runs',
    ` AND runs.replicate_id IN (SELECT value FROM json_each(${binder.bind(JSON.stringify(stored.map(([replicate]) => replicate)))}))`]
  const runs = db.prepare<[object], GroupedRun>(`SELECT runs.run_id${cells} FROM ${from} WHERE ${where}${some}`).raw().all(binder.values)
  const byKey = Map.groupBy(runs, (run) => keyOf(run.slice(1, 1 + names.length)))
  return stored.flatMap((stored): ListedGroup[] => {
    const key = keyOf(stored)
    const group = byKey.get(key)
    if (group === undefined) return []
    const summaries = values.map((name, index) => withLatest(name, group.map((run) => run[1 + names.length + index]!)))
    return [{ key, keys: cellsOf(names, stored), runs: group.length, cells: summaries }]
  })
}
