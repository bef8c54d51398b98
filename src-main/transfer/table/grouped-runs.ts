import type { LossKind } from '../../../src-engine/experiment/metrics.ts'
import { descriptionOf, leafValues, tableValue } from '../../../src-engine/experiment/parameters.ts'
import { settingPaths, suggestedPath } from '../../../src-engine/experiment/paths.ts'
import { sharedLoss } from '../../../src-engine/experiment/task.ts'
import { valueText } from '../../../src-engine/experiment/value-text.ts'
import { distinctLabels } from '../../../src-engine/format/labels.ts'
import { formatP } from '../../../src-engine/format/numbers.ts'
import { counted, listed } from '../../../src-engine/format/words.ts'
import { type GroupedRow, groupedRows } from '../../../src-engine/statistics/grouped-rows.ts'
import { BadInput } from '../../contract/problem.ts'
import type { RunSummary, StoredOverview } from '../../contract/run.ts'

export interface TableColumn {
  path: string
  /** Without the parts that all columns share, with the unit. */
  title: string
}

export interface TableRow extends GroupedRow {
  /** Values of the columns, as people and as programs read them. */
  texts: string[]
  values: (string | number | null)[]
}

/** Finished runs in groups of equal parameters. */
export interface GroupedTable {
  loss: LossKind
  columns: TableColumn[]
  rows: TableRow[]
  /** What a reader must know, as whole sentences. */
  notes: string[]
}

interface TableRun {
  summary: RunSummary
  leaves: Map<string, unknown>
}

/** Short names of parameters. */
const aliases: Readonly<Record<string, string>> = { scheme: 'scheme.kind', task: 'task.kind' }

const SIGNIFICANT = 0.05

/** Most rows or runs that a note names. */
const MOST_NAMED = 5

/** Groups runs by parameters, in the order of their values. @throws BadInput for an unknown parameter, or if no run has finished */
export function groupedTable(all: readonly StoredOverview[], by: readonly string[]): GroupedTable {
  const paths = by.map((name) => aliases[name] ?? name)
  const readable = all.flatMap((run) => ('spec' in run ? [{ summary: run.summary, leaves: leafValues(run.spec) }] : []))
  requirePaths(paths, readable)
  const { distinct, repeated } = withoutRepeats(readable.filter(isFinished))
  if (distinct.length === 0) throw new BadInput('The table', [{ path: '', rule: 'needs a finished run. Choose others', found: '' }])
  const groups = groupsOf(distinct, paths)
  const rows = rowsOf(groups, paths)
  return {
    loss: sharedLoss(distinct.map(({ summary }) => summary.task)), columns: columnsOf(paths), rows,
    notes: [...mixtureNotes(groups, paths, rows), ...powerNotes(rows), ...leftOutNotes(all, readable), ...repeatNotes(repeated)],
  }
}

function groupsOf(runs: readonly TableRun[], paths: readonly string[]): TableRun[][] {
  const groups = Map.groupBy(runs, (run) => JSON.stringify(valuesOf(run, paths)))
  return [...groups.values()].toSorted((a, b) => byValues(valuesOf(a[0]!, paths), valuesOf(b[0]!, paths)))
}

function rowsOf(groups: readonly TableRun[][], paths: readonly string[]): TableRow[] {
  const losses = groups.map((runs) => runs.map(({ summary: { seed, lossLast20 } }) => ({ seed, loss: lossLast20! })))
  return groupedRows(losses).map((row, index) => {
    const [first] = groups[index]!
    return { ...row, values: valuesOf(first!, paths), texts: paths.map((path) => valueText(path, first!.leaves.get(path)) || '–') }
  })
}

/** Runs with a loss. One that has ended early must not count as one of so many epochs. */
const isFinished = ({ summary }: TableRun) => summary.status === 'done' && summary.lossLast20 !== null

function requirePaths(paths: readonly string[], runs: readonly TableRun[]): void {
  for (const path of paths) {
    if (path === 'seed') throw refusal('must leave out seed: a row is the mean over its seeds')
    if (runs.some(({ leaves }) => leaves.has(path))) continue
    const isSetting = settingPaths().includes(path)
    const suggested = isSetting ? null : suggestedPath(path)
    throw refusal(isSetting ? `names ${path}, which none of the runs has as a value` : `names ${path}, which is no setting`
      + `${suggested ? `. Did you mean ${suggested}?` : '. Name paths of the spec, such as scheme,device.model'}`)
  }
  const twice = paths.find((path, index) => paths.indexOf(path) !== index)
  if (twice !== undefined) throw refusal(`names ${twice} twice`)
}

const refusal = (rule: string) => new BadInput('--by', [{ path: '', rule, found: '' }])

const valuesOf = ({ leaves }: TableRun, paths: readonly string[]) => paths.map((path) => tableValue(leaves.get(path)))

/** Numbers by size, before texts by letters; a missing value last. */
function byValues(a: readonly (string | number | null)[], b: typeof a): number {
  for (const [index, one] of a.entries()) {
    const other = b[index]!
    if (one === other) continue
    if (typeof one === 'number' && typeof other === 'number') return one - other
    if (typeof one === typeof other) return String(one) < String(other) ? -1 : 1
    const ranks = [one, other].map((value) => (value === null ? 2 : Number(typeof value === 'string')))
    return ranks[0]! - ranks[1]!
  }
  return 0
}

function columnsOf(paths: readonly string[]): TableColumn[] {
  const described = paths.map(descriptionOf)
  const titles = distinctLabels(described.map(({ title }) => title))
  return paths.map((path, index) => ({ path, title: described[index]!.unit ? `${titles[index]} (${described[index]!.unit})` : titles[index]! }))
}

/** Runs of one spec, such as a run and its retry, have the same result, so only the first counts. */
function withoutRepeats(runs: readonly TableRun[]): { distinct: TableRun[]; repeated: TableRun[] } {
  const first = new Map<string, TableRun>()
  for (const run of runs) {
    const key = JSON.stringify([...run.leaves].filter(([path]) => !labels.has(path)))
    if (!first.has(key)) first.set(key, run)
  }
  const kept = new Set(first.values())
  return { distinct: [...kept], repeated: runs.filter((run) => !kept.has(run)) }
}

const labels = new Set(['name', 'preset'])

/** A row must be a mean over seeds. If its runs differ in more, its spread is not that of the seeds. */
function mixtureNotes(groups: readonly TableRun[][], paths: readonly string[], rows: readonly TableRow[]): string[] {
  const mixed = new Map<string, string[]>()
  for (const [index, runs] of groups.entries()) {
    const others = [...new Set(runs.flatMap(({ leaves }) => [...leaves.keys()]))].filter((path) => path !== 'seed' && !labels.has(path) && !paths.includes(path))
    const differing = others.filter((path) => new Set(runs.map(({ leaves }) => JSON.stringify(leaves.get(path)))).size > 1)
    if (differing.length > 0) mixed.set(differing.join(', '), [...mixed.get(differing.join(', ')) ?? [], rows[index]!.texts.join(', ')])
  }
  return [...mixed].map(([differing, names]) =>
    `Runs of a row differ not only in the seed but also in ${differing}: ${named(names)}. Add it to --by, or choose fewer runs.`)
}

/** Few seeds cannot show a difference, however large it is. */
function powerNotes(rows: readonly TableRow[]): string[] {
  const tests = rows.flatMap(({ test }) => test ?? [])
  const least = tests.length * Math.min(...tests.map(({ leastP }) => leastP ?? 0))
  const seeds = counted(1 - Math.log2(least / tests.length), 'shared seed')
  return tests.length === 0 || least < SIGNIFICANT ? []
    : [`With ${seeds} and ${counted(tests.length, 'test')}, no p can be below ${formatP(Math.min(1, least))}. Use more seeds to tell the rows apart.`]
}

function leftOutNotes(all: readonly StoredOverview[], readable: readonly TableRun[]): string[] {
  const [unfinished, unreadable] = [readable.filter((run) => !isFinished(run)), all.filter((run) => !('spec' in run))]
  return [
    ...(unfinished.length > 0 ? [`Without ${counted(unfinished.length, 'run')} that did not finish: ${namesOf(unfinished)}.`] : []),
    ...(unreadable.length > 0 ? [`Without ${counted(unreadable.length, 'run')} that cannot be read: ${namesOf(unreadable)}.`] : []),
  ]
}

const repeatNotes = (repeated: readonly TableRun[]) =>
  (repeated.length > 0 ? [`Without ${counted(repeated.length, 'repeated run')}: ${namesOf(repeated)}.`] : [])

const namesOf = (runs: readonly { summary: RunSummary }[]) => named(runs.map(({ summary }) => summary.runId))

const named = (names: readonly string[]) =>
  (names.length <= MOST_NAMED ? listed(names, 'and') : `${names.slice(0, MOST_NAMED).join(', ')} and ${names.length - MOST_NAMED} more`)
