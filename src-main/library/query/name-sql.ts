import { taskKinds } from '../../../src-engine/experiment/task.ts'
import { losses } from '../../../src-engine/query/metric-names.ts'
import { nameOf } from '../../../src-engine/query/names.ts'
import type { Measure, Measured, QueryName } from '../../../src-engine/query/name.ts'
import type { Cell } from '../../contract/query.ts'
import type { Binder } from './binder.ts'

/** What SQL has of a name, of the row of `runs`. */
export interface NameSql {
  /** NULL if there is no value, or if it is NaN. */
  value: string
  /** Whether a NULL stands for NaN. */
  isNaN?: string
}

const annotation = (column: string) => `(SELECT annotations.${column} FROM annotations WHERE annotations.run_id = runs.run_id)`

const ofRuns: Readonly<Record<string, NameSql>> = {
  'name': { value: `coalesce(${annotation('name')}, runs.name)` },
  'run': { value: 'runs.run_id' },
  'status': { value: 'runs.status' },
  'outcome': { value: 'runs.outcome' },
  'reason': { value: 'runs.reasons' },
  'tag': { value: '(SELECT json_group_array(tag) FROM tags WHERE tags.run_id = runs.run_id)' },
  'note': { value: annotation('note') },
  'starred': { value: `coalesce(${annotation('starred')}, 0)` },
  'preset': { value: 'runs.preset' },
  'seed': { value: 'runs.seed' },
  'epochs': { value: 'runs.epochs' },
  'epochsDone': { value: 'runs.epochs_done' },
  'sets': { value: 'runs.set_pulses' },
  'resets': { value: 'runs.reset_pulses' },
  'refreshes': { value: 'runs.refreshes' },
  'reads': { value: 'runs.read_pulses' },
  'duration': { value: 'CASE WHEN runs.started_at IS NOT NULL AND runs.ended_at IS NOT NULL THEN runs.computed_seconds END' },
  'timePerSequence': { value: 'runs.seconds_per_sequence' },
  'created': { value: 'runs.created_at' },
  'started': { value: 'runs.started_at' },
  'ended': { value: 'runs.ended_at' },
  'sweep': { value: 'runs.sweep_id' },
  'arm': { value: 'runs.arm' },
  'replicate': { value: 'nullif(runs.replicate_id, 0)' },
  'digest': { value: 'runs.digest' },
  'error': { value: 'runs.error_message' },
  'unreadable': { value: 'coalesce(runs.replicate_id = 0, 0)' },
  'unverified': { value: 'EXISTS (SELECT 1 FROM unverified WHERE unverified.run_id = runs.run_id)' },
  'scheme': { value: 'runs.scheme' },
  'task': { value: 'runs.task' },
}

/** Where the library has the value of a name. */
export function sqlOfName(name: QueryName, binder: Binder): NameSql {
  if (name.measured !== null) return sqlOfMeasured(name.measured, binder)
  return name.origin === 'parameter' ? { value: parameterSql(name, binder) } : ofRuns[name.name]!
}

/** Column of the parameters that has the values of a name. */
export const columnOf = ({ kind }: QueryName) => (kind === 'number' || kind === 'flag' ? 'number' : 'text')

/** Number of a name in the index, NULL if it has none. */
export const idSql = ({ name }: QueryName, binder: Binder) => `(SELECT name_id FROM parameter_names WHERE parameter_names.name = ${binder.bind(name)})`

const parameterSql = (name: QueryName, binder: Binder) =>
  `(SELECT ${columnOf(name)} FROM parameters WHERE name_id = ${idSql(name, binder)} AND parameters.replicate_id = runs.replicate_id)`

function sqlOfMeasured(measured: Measured, binder: Binder): NameSql {
  const { metric } = measured
  if (metric === 'loss') return sqlOfEpochs('loss', measured, binder)
  if (metric === 'rate') return sqlOfEpochs('mean_rate_hz', measured, binder)
  const loss = losses.find(({ id }) => id === metric)
  if (loss === undefined) return sqlOfTaskMetric(measured, binder)
  // A loss counts only where the task minimises it.
  const isOwn = `runs.task IN ${binder.bindAll(taskKinds.filter(({ minimises }) => minimises.id === metric).map(({ kind }) => kind))}`
  const { value, isNaN } = sqlOfEpochs('loss', measured, binder)
  return { value: `CASE WHEN ${isOwn} THEN ${value} END`, isNaN: `(${isNaN} AND ${isOwn})` }
}

/** A column of the epochs. The metrics of a run without epochs are missing. Later, NULL stands for NaN. */
function sqlOfEpochs(column: 'loss' | 'mean_rate_hz', { better, measure }: Measured, binder: Binder): NameSql {
  const stored = storedColumn(column, measure)
  const own = 'epochs.run_id = runs.run_id'
  if (stored !== null) return { value: stored, isNaN: 'runs.epochs_done > 0' }
  switch (measure.of) {
    case 'mean': return { value: meanSql(`epochs.${column}`, `epochs WHERE ${own} AND epochs.epoch ${sinceLast(measure, binder)}`), isNaN: 'runs.epochs_done > 0' }
    case 'epoch': return found(`epochs.${column}`, `epochs WHERE ${own} AND epochs.epoch = ${binder.bind(measure.epochs)}`)
    default: return bestSql(column, better, binder)
  }
}

/** What the list has of every run. */
function storedColumn(column: 'loss' | 'mean_rate_hz', measure: Measure): string | null {
  if (measure.of === 'last') return `runs.${column}`
  return column === 'loss' && measure.of === 'mean' && measure.epochs === 20 ? 'runs.loss_last_20' : null
}

/** A metric that a task reports besides its loss. */
function sqlOfTaskMetric({ metric, better, measure }: Measured, binder: Binder): NameSql {
  const own = (table: string) => `${table} WHERE ${table}.run_id = runs.run_id AND ${table}.metric = ${binder.bind(metric)}`
  switch (measure.of) {
    case 'last': return found('last_metrics.value', own('last_metrics'))
    case 'best': return bestSql(metric, better, binder)
    case 'epoch': return found('epoch_metrics.value', `${own('epoch_metrics')} AND epoch_metrics.epoch = ${binder.bind(measure.epochs)}`)
    case 'mean': {
      const rows = `${own('epoch_metrics')} AND epoch_metrics.epoch ${sinceLast(measure, binder)}`
      return { value: meanSql('epoch_metrics.value', rows), isNaN: `EXISTS (SELECT 1 FROM ${rows})` }
    }
  }
}

/** One value, if there is a row for it. */
const found = (column: string, rows: string): NameSql => ({ value: `(SELECT ${column} FROM ${rows})`, isNaN: `EXISTS (SELECT 1 FROM ${rows})` })

/** A mean that is NULL if one of its values is. */
const meanSql = (column: string, rows: string) => `(SELECT CASE WHEN count(${column}) = count(*) THEN avg(${column}) END FROM ${rows})`

const sinceLast = ({ epochs }: { epochs: number }, binder: Binder) => `> runs.epochs_done - ${binder.bind(epochs)}`

/** NaN is neither small nor large. The result is NaN only if all epochs are. */
const bestSql = (metric: string, better: Measured['better'], binder: Binder) => found(
  `metric_extremes.${better === 'higher' ? 'largest' : 'smallest'}`,
  `metric_extremes WHERE metric_extremes.metric = ${binder.bind(metric)} AND metric_extremes.run_id = runs.run_id`,
)

const NAN = 'NaN'

/** The value for a reader, with NaN as a text, which SQLite has no number for. */
export const cellSql = ({ value, isNaN }: NameSql) => (isNaN === undefined ? value : `CASE WHEN ${isNaN} THEN coalesce(${value}, '${NAN}') ELSE ${value} END`)

export type StoredCell = string | number | null

/** What a cell of `cellSql` means. */
export function cellOf({ kind }: QueryName, stored: StoredCell): Cell {
  if (kind === 'number') return stored === NAN ? NaN : stored
  if (kind === 'flag') return stored === null ? null : stored === 1
  if (kind === 'list') return listIn(stored)
  return stored === '' ? null : stored
}

function listIn(text: StoredCell): string[] {
  try {
    const list: unknown = JSON.parse(String(text ?? '[]'))
    return Array.isArray(list) ? list.map(String).sort() : []
  } catch {
    // A check finds it.
    return []
  }
}

export const requireName = (text: string): QueryName => nameOf(text)!
