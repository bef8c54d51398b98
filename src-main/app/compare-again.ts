import type { EpochMetrics, RunSummary, StoredOverview } from '../contract/run.ts'
import type { EpochDifference, Verification } from '../contract/verification.ts'
import type { Library } from '../library/library.ts'

export { differenceText, type Verification } from '../contract/verification.ts'

/** Where a run and its epochs are read. */
export type RunsToCompare = Pick<Library, 'overview' | 'epochs'>

interface Place {
  source: RunsToCompare
  run: RunSummary
}

/** Whether a run has results that can be compared and a spec that can be computed. */
export const isComparable = ({ digest, unreadable }: Pick<RunSummary, 'digest' | 'unreadable'>): boolean =>
  digest !== null && unreadable === undefined

/** @param reason why the run was not compared; by default, why it cannot be */
export const notCompared = (run: RunSummary, reason = reasonOf(run)): Verification =>
  ({ runId: run.runId, saved: run.digest, computed: null, result: 'not compared', reason, firstDifference: null })

const reasonOf = ({ status, unreadable }: RunSummary) => unreadable ?? `The run is ${status}, so it has no digest.`

/**
 * Compare a saved run with a new run of the same spec: its digest and, because a file from outside may have a true digest beside other
 * contents, every metric of every epoch, every snapshot and every recording. What the list shows is made of the epochs.
 */
export async function compareAgain(saved: Place, again: Place): Promise<Verification> {
  const { runId, digest } = saved.run
  const { digest: computed, error, status } = again.run
  if (computed === null) return notCompared(saved.run, error?.message ?? `The new run is ${status}.`)
  const content = computed === digest ? await contentDifference(saved, again) : null
  if (computed === digest && content === null) return { runId, saved: digest, computed, result: 'same', reason: '', firstDifference: null }
  const isSameEngine = await engineOf(saved) === await engineOf(again)
  return {
    runId, saved: digest, computed,
    result: isSameEngine ? 'different' : 'other engine',
    reason: content ?? (isSameEngine ? 'The same engine gave other results.' : 'Another version of the engine computed the saved results.'),
    firstDifference: await firstDifference(saved, again),
  }
}

async function engineOf({ source, run }: Place): Promise<string | null> {
  const overview: StoredOverview = await source.overview(run.runId)
  return 'texts' in overview ? null : overview.environment.engineDigest
}

/** What of a saved run is not as it was computed again, as a sentence; null if all is. What it does not have is not compared. */
async function contentDifference(saved: Place, again: Place): Promise<string | null> {
  const overviewOf = ({ source, run }: Place) => source.overview(run.runId)
  const place = placeOfArrays(await overviewOf(saved), await overviewOf(again)) ?? await placeOfEpochs(saved, again)
  return place === null ? null : `The digest is the same, but ${place} is not.`
}

type Arrays = Pick<StoredOverview, 'arrays'>

function placeOfArrays({ arrays }: Arrays, again: Arrays): string | null {
  const key = ({ epoch, kind, name }: Arrays['arrays'][number]) => JSON.stringify([epoch, kind, name])
  const computed = new Map(again.arrays.map((array) => [key(array), array.sha256]))
  const other = arrays.find((array) => computed.get(key(array)) !== array.sha256)
  return other === undefined ? null : `the array ${other.kind} ${other.name} of epoch ${other.epoch}`
}

async function placeOfEpochs(saved: Place, again: Place): Promise<string | null> {
  const others = eachEpoch(again)
  for await (const epoch of eachEpoch(saved)) {
    const { value: other } = await others.next()
    const name = other === undefined ? 'epoch' : differingName(epoch, other)
    if (name !== null) return `${name} of epoch ${epoch.epoch}`
  }
  return null
}

/** The first name of a saved group whose value is another one. Earlier versions have null for what they did not know. */
function differingName(saved: object, again: object): string | null {
  const others = again as Readonly<Record<string, unknown>>
  return Object.entries(saved).find(([name, value]) => value !== null && !isSame(value, others[name]))?.[0] ?? null
}

function isSame(value: unknown, other: unknown): boolean {
  if (typeof value !== 'object' || value === null || typeof other !== 'object' || other === null) return Object.is(value, other)
  return Object.keys(value).length <= Object.keys(other).length && differingName(value, other) === null
}

async function firstDifference(saved: Place, again: Place): Promise<EpochDifference | null> {
  const others = eachEpoch(again)
  for await (const epoch of eachEpoch(saved)) {
    const { value: other } = await others.next()
    const difference = other && differenceOf(epoch, other)
    if (difference) return difference
  }
  return null
}

async function* eachEpoch({ source, run }: Place): AsyncGenerator<EpochMetrics, undefined> {
  for await (const some of source.epochs(run.runId)) yield* some
}

/** The digest covers the losses and mean rates of all epochs. */
function differenceOf(saved: EpochMetrics, computed: EpochMetrics): EpochDifference | null {
  const { epoch } = saved
  if (!Object.is(saved.loss, computed.loss)) return { epoch, quantity: 'loss', saved: saved.loss, computed: computed.loss }
  if (Object.is(saved.meanRateHz, computed.meanRateHz)) return null
  return { epoch, quantity: 'mean rate (Hz)', saved: saved.meanRateHz, computed: computed.meanRateHz }
}
