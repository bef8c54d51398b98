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

/** Compare a saved run with a new run of the same spec. */
export async function compareAgain(saved: Place, again: Place): Promise<Verification> {
  const { runId, digest } = saved.run
  const { digest: computed, error, status } = again.run
  if (computed === null) return notCompared(saved.run, error?.message ?? `The new run is ${status}.`)
  if (computed === digest) return { runId, saved: digest, computed, result: 'same', reason: '', firstDifference: null }
  const isSameEngine = await engineOf(saved) === await engineOf(again)
  return {
    runId, saved: digest, computed,
    result: isSameEngine ? 'different' : 'other engine',
    reason: isSameEngine ? 'The same engine gave other results.' : 'Another version of the engine computed the saved results.',
    firstDifference: await firstDifference(saved, again),
  }
}

async function engineOf({ source, run }: Place): Promise<string | null> {
  const overview: StoredOverview = await source.overview(run.runId)
  return 'texts' in overview ? null : overview.environment.engineDigest
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
