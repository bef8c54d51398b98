import { counted } from '../../../src-engine/format/words.ts'
import type { ArrayInfo, RunStatus, RunSummary, StoredOverview } from '../../contract/run.ts'
import { jsonOrUndefined } from '../../library/canonical-json.ts'
import type { PlannedEntry, PlannedRun } from '../archive/pack.ts'
import { changedRun } from '../changed-run.ts'
import { arrayKindOf } from '../datasets/columns.ts'
import { type Entity, fileEntity, reference, references } from './entity.ts'
import { softwareId } from './software.ts'

export const actionId = (runId: string) => `#run-${runId}`

/** The action that computed a run, and its files. */
export function* runEntities({ entries }: PlannedRun, run: StoredOverview): Generator<Entity> {
  yield actionEntity(entries, run)
  const arrays = run.arrays.values()
  for (const entry of entries) {
    if (entry.content.of === 'run') yield documentEntity(entry, run)
    if (entry.content.of === 'spec') yield specEntity(entry, run)
    if (entry.content.of === 'array') yield arrayEntity(entry, run, arrays.next().value)
  }
}

function actionEntity(entries: readonly PlannedEntry[], run: StoredOverview): Entity {
  const { runId, name, preset, status, startedAt, endedAt, error } = run.summary
  const namesOf = (isSpec: boolean) => references(entries.filter(({ content }) => (content.of === 'spec') === isSpec).map((entry) => entry.name))
  const actionStatus = statuses[status]
  return {
    '@id': actionId(runId), '@type': 'CreateAction', 'name': name || preset || runId, 'description': described(run.summary),
    'instrument': reference(softwareId(run)), 'object': namesOf(true), 'result': namesOf(false),
    ...(startedAt !== null && { startTime: startedAt }),
    ...(endedAt !== null && { endTime: endedAt }),
    actionStatus,
    ...(error !== null && actionStatus === FAILED && { error: error.message }),
  }
}

const FAILED = 'http://schema.org/FailedActionStatus'
const ACTIVE = 'http://schema.org/ActiveActionStatus'

/** A run that ended before its last epoch failed to complete, also if the user stopped it. */
const statuses: Readonly<Record<RunStatus, string>> = {
  queued: 'http://schema.org/PotentialActionStatus',
  running: ACTIVE,
  paused: ACTIVE,
  done: 'http://schema.org/CompletedActionStatus',
  stopped: FAILED,
  failed: FAILED,
  interrupted: FAILED,
}

function described({ scheme, seed, status, outcome, reasons, epochs, epochsDone, digest }: RunSummary): string {
  return [
    `Update scheme ${scheme}, seed ${seed}.`,
    `${epochsDone} of ${counted(epochs, 'epoch')}, ${status}.`,
    ...(outcome === null ? [] : [`Outcome: ${[outcome, ...reasons].join(', ')}.`]),
    ...(digest === null ? [] : [`Digest of the results: ${digest}.`]),
  ].join(' ')
}

const documentEntity = (entry: PlannedEntry, { summary }: StoredOverview): Entity =>
  fileEntity(entry, 'application/json', { name: `Run ${summary.runId}`, description: 'Summary, spec, environment and epochs' })

const specEntity = (entry: PlannedEntry, run: StoredOverview): Entity =>
  fileEntity(entry, isJson(run) ? 'application/json' : 'text/plain', { name: `Spec of run ${run.summary.runId}`, description: 'All settings' })

const isJson = (run: StoredOverview) => !('texts' in run) || jsonOrUndefined(run.texts.spec) !== undefined

const elements = { f32: 'float32', u16: 'uint16', u32: 'uint32' } as const

function arrayEntity(entry: PlannedEntry, { summary: { runId } }: StoredOverview, array: ArrayInfo | undefined): Entity {
  if (!array) throw changedRun(runId)
  const { epoch, kind, name, shape, codec } = array
  const { unit, description, dimensions } = arrayKindOf(kind)
  const axes = dimensions.length === 0 ? '' : ` (${dimensions.join(', ')})`
  return fileEntity(entry, 'application/octet-stream', {
    name: `${kind} ${name} of run ${runId}, epoch ${epoch}`,
    description: `${description}. ${unit === null ? '' : `In ${unit}. `}${elements[codec]}, little-endian, ${shape.join(' × ')}${axes}`,
  })
}
