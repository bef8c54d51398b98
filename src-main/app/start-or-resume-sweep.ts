import type { Spec } from '../../src-engine/experiment/spec.ts'
import { sweepSchema } from '../../src-engine/experiment/sweep.ts'
import { expansionOf } from '../../src-engine/sweep/expand-sweep.ts'
import type { SweepRecord } from '../contract/sweep.ts'
import { canonicalJson } from '../library/canonical-json.ts'
import type { Library } from '../library/library.ts'
import { withKept } from '../library/samples.ts'
import type { Runs } from '../runs/runs.ts'
import { inSlices } from './in-slices.ts'
import type { SweepService } from './sweeps.ts'

interface Options {
  library: Pick<Library, 'list' | 'outlines'>
  runs: Pick<Runs, 'adopt'>
  sweeps: Pick<SweepService, 'list' | 'resume' | 'start'>
  /** Digest of the current engine. */
  engineDigest: string
}

/**
 * Continue a saved sweep with this document that this engine started, whatever ended it. Otherwise start a new sweep.
 * @param document without file names
 * @returns the sweep's id
 * @throws BadInput
 */
export async function startOrResumeSweep(options: Options, document: unknown): Promise<string> {
  const { sweeps, runs } = options
  const sweepId = await savedSweepOf(options, document)
  if (sweepId === null) return sweeps.start(document)
  await runs.adopt()
  await sweeps.resume(sweepId)
  return sweepId
}

/** The id of the saved sweep with this document that this engine started; null if there is none. */
export async function savedSweepOf(options: Omit<Options, 'runs'>, document: unknown): Promise<string | null> {
  const parsed = sweepSchema.safeParse(document)
  const wanted = parsed.success ? canonicalJson({ ...parsed.data, spec: withKept(parsed.data.spec) }) : null
  for (const saved of await options.sweeps.list()) {
    if (canonicalJson(saved.document) === wanted && await isComplete(options, saved)) return saved.sweepId
  }
  return null
}

/** Whether all runs can still be read and would have the same bits today: the same engine, and the same spec from the same document. */
async function isComplete({ library, engineDigest }: Omit<Options, 'runs'>, { sweepId, document }: SweepRecord): Promise<boolean> {
  const planned = await inSlices(expansionOf(document))
  if (!planned.ok) return false
  const runs = (await library.list(sweepId)).filter(({ unreadable }) => unreadable === undefined)
  if (runs.length < planned.runs.length) return false
  const oneOfEachArm = new Map(runs.map(({ runId, sweep }) => [sweep!.arm, runId]))
  const outlines = await library.outlines([...oneOfEachArm.values()])
  return outlines.every(({ summary: { sweep }, spec, engineDigest: own }) =>
    own === engineDigest && experimentOf(spec) === experimentOf(planned.arms[sweep!.arm]!.spec))
}

/** What decides the bits of an arm, as text. Labels may change. */
const experimentOf = (spec: Spec) => canonicalJson({ ...spec, name: '', preset: '', seed: 0 })
