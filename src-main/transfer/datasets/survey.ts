import { anyLoss, type LossKind, type MetricKind } from '../../../src-engine/experiment/metrics.ts'
import { descriptionOf } from '../../../src-engine/experiment/parameters.ts'
import { wholePaths } from '../../../src-engine/experiment/paths.ts'
import { lossOf, metricsOf } from '../../../src-engine/experiment/task.ts'
import type { Arm } from '../../contract/sweep.ts'
import type { Row } from '../csv.ts'
import type { RunSource } from '../run-source.ts'
import { annotations, endings, epochColumns, patternColumns, runColumns, runIds, unreadable } from './columns.ts'
import { type ArmsOfSweeps, parametersOf, runRow } from './rows.ts'
import { type Column, type ColumnType, isText, type Tables, type TextLength } from './table.ts'

/** What the tables must know of all runs before the first row is written. */
export interface Survey {
  tables: Tables
  /** Columns that tell runs apart, in every table. */
  identity: Column[]
  arms: ArmsOfSweeps
}

export interface ArmsSource {
  /** Arms of a sweep; none if it is not in the library. */
  armsOf(sweepId: string): Promise<readonly Arm[]>
}

/** Look at all runs, one at a time, to find the columns of their tables. */
export async function surveyRuns(source: ArmsSource & Pick<RunSource, 'overview'>, ids: readonly string[]): Promise<Survey> {
  const arms = new Map<string, readonly Arm[]>()
  const parameters = new Parameters()
  const lengths = new Map<string, TextLength>()
  const tasks = new Set<string>()
  let hasUnreadable = false
  let hasAnnotated = false
  for (const id of ids) {
    const run = await source.overview(id)
    const sweepId = run.summary.sweep?.sweepId
    if (sweepId !== undefined && !arms.has(sweepId)) arms.set(sweepId, await source.armsOf(sweepId))
    if (!('texts' in run)) parameters.add(parametersOf(run))
    else hasUnreadable = true
    if (run.summary.annotation) hasAnnotated = true
    tasks.add(run.summary.task)
    measure(runRow(run, arms), lengths)
  }
  const { differing, constant } = parameters.columns(sweptBy(arms))
  const identity = [...runIds, ...differing, ...endings, ...(hasUnreadable ? [unreadable] : [])]
  const { losses, metrics } = kindsOf([...tasks])
  const tables = {
    runs: [...identity, ...(hasAnnotated ? annotations : []), ...runColumns(losses, metrics), ...constant],
    epochs: [...identity, ...epochColumns(losses, metrics)],
    patterns: [...identity, ...patternColumns],
  }
  return { tables: withLengths(tables, lengths), identity, arms }
}

/** Losses and metrics of the tasks. Every loss also has a column of its own name, as in version 0.1.0. */
function kindsOf(tasks: readonly string[]): { losses: LossKind[]; metrics: MetricKind[] } {
  return {
    losses: distinct(tasks.map(lossOf)).filter(({ id }) => id !== anyLoss.id),
    metrics: distinct(tasks.flatMap(metricsOf)),
  }
}

const distinct = <Kind extends MetricKind>(kinds: readonly Kind[]): Kind[] =>
  [...new Map(kinds.map((kind) => [kind.id, kind])).values()]

const sweptBy = (arms: ArmsOfSweeps) =>
  new Set([...arms.values()].flat().flatMap(({ changes }) => changes.map(({ path }) => path)))

/** What the runs have under one path: their first value as JSON, and whether there are others or a run does not have it. */
interface Seen {
  first: string
  differs: boolean
  types: Set<string>
}

/** Parameters of the runs, in the order of the specs. */
class Parameters {
  readonly #whole = wholePaths()
  readonly #seen = new Map<string, Seen>()
  #runs = 0

  add(values: readonly [path: string, value: unknown][]): void {
    const paths = new Set(values.map(([path]) => path))
    for (const [path, value] of values) this.#addValue(path, value)
    for (const [path, seen] of this.#seen) if (!paths.has(path)) seen.differs = true
    this.#runs += 1
  }

  #addValue(path: string, value: unknown): void {
    const text = JSON.stringify(value)
    const seen = this.#seen.get(path) ?? { first: text, differs: this.#runs > 0, types: new Set() }
    this.#seen.set(path, seen)
    if (seen.first !== text) seen.differs = true
    if (value !== null) seen.types.add(this.#whole.has(path) && Number.isSafeInteger(value) ? 'integer' : typeof value)
  }

  /** @param swept paths that are listed with the differing ones in any case */
  columns(swept: ReadonlySet<string>): { differing: Column[]; constant: Column[] } {
    const all = [...this.#seen].map(([path, { differs, types }]) =>
      ({ differs: differs || swept.has(path), column: parameterColumn(path, types) }))
    return {
      differing: all.filter(({ differs }) => differs).map(({ column }) => column),
      constant: all.filter(({ differs }) => !differs).map(({ column }) => column),
    }
  }
}

function parameterColumn(path: string, types: ReadonlySet<string>): Column {
  const { title, unit } = descriptionOf(path)
  return { name: path, type: typeOf(types), unit, description: title, isOptional: true }
}

/** @param types of the values, as `typeof` names them, or 'integer' */
function typeOf(types: ReadonlySet<string>): ColumnType {
  const only = (...names: string[]) => [...types].every((type) => names.includes(type))
  if (types.size === 0) return 'text'
  if (only('boolean')) return 'boolean'
  if (only('integer')) return 'integer'
  return only('integer', 'number') ? 'number' : 'text'
}

function measure(row: Row, lengths: Map<string, TextLength>): void {
  for (const [name, value] of Object.entries(row)) {
    if (value === null) continue
    const known = lengths.get(name) ?? { bytes: 0, points: 0 }
    const { bytes, points } = lengthOf(String(value))
    lengths.set(name, { bytes: Math.max(known.bytes, bytes), points: Math.max(known.points, points) })
  }
}

export const lengthOf = (text: string): TextLength => ({ bytes: Buffer.byteLength(text), points: [...text].length })

/** Room for a run that changes its status while it is exported. */
const LEAST = 12

function withLengths(tables: Tables, lengths: ReadonlyMap<string, TextLength>): Tables {
  const measured = (column: Column): Column => {
    if (!isText(column)) return column
    const { bytes, points } = lengths.get(column.name) ?? { bytes: 0, points: 0 }
    return { ...column, longest: { bytes: Math.max(LEAST, bytes), points: Math.max(LEAST, points) } }
  }
  return { runs: tables.runs.map(measured), epochs: tables.epochs.map(measured), patterns: tables.patterns.map(measured) }
}
