import { taskKinds } from '../../../src-engine/experiment/task.ts'
import { lastOf, losses, nameOf } from '../../../src-engine/query/names.ts'
import type { QueryName } from '../../../src-engine/query/name.ts'
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
/** The metrics of a run without epochs are missing. Later, NULL stands for NaN. */
const metric = (value: string): NameSql => ({ value, isNaN: 'runs.epochs_done > 0' })

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
  'loss': metric('runs.loss_last_20'),
  'loss.last': metric('runs.loss'),
  'rate': metric('runs.mean_rate_hz'),
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
  'scheme': { value: 'runs.scheme' },
  'task': { value: 'runs.task' },
}

/** Where the library has the value of a name. */
export function sqlOfName(name: QueryName, binder: Binder): NameSql {
  if (name.origin === 'parameter') return { value: parameterSql(name, binder) }
  return name.origin === 'metric' ? sqlOfMetric(name, binder) : ofRuns[name.name]!
}

/** Column of the parameters that has the values of a name. */
export const columnOf = ({ kind }: QueryName) => (kind === 'number' || kind === 'flag' ? 'number' : 'text')

/** Number of a name in the index, NULL if it has none. */
export const idSql = ({ name }: QueryName, binder: Binder) => `(SELECT name_id FROM parameter_names WHERE parameter_names.name = ${binder.bind(name)})`

const parameterSql = (name: QueryName, binder: Binder) =>
  `(SELECT ${columnOf(name)} FROM parameters WHERE name_id = ${idSql(name, binder)} AND parameters.replicate_id = runs.replicate_id)`

function sqlOfMetric({ name }: QueryName, binder: Binder): NameSql {
  const loss = losses.find(({ id }) => name === id || name === lastOf(id))
  if (!loss) {
    const row = `FROM last_metrics WHERE last_metrics.metric = ${binder.bind(name)} AND last_metrics.run_id = runs.run_id`
    return { value: `(SELECT value ${row})`, isNaN: `EXISTS (SELECT 1 ${row})` }
  }
  // A loss counts only where the task minimises it.
  const isOwn = `runs.task IN ${binder.bindAll(taskKinds.filter(({ minimises }) => minimises.id === loss.id).map(({ kind }) => kind))}`
  const column = name === loss.id ? 'runs.loss_last_20' : 'runs.loss'
  return { value: `CASE WHEN ${isOwn} THEN ${column} END`, isNaN: `(runs.epochs_done > 0 AND ${isOwn})` }
}

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
