import { sweepSchema } from '../../src-engine/spec/sweep.ts'
import type { SweepRecord } from '../contract/sweep.ts'
import { canonicalJson } from '../library/canonical-json.ts'
import type { Library } from '../library/library.ts'
import type { Runs } from '../runs/runs.ts'
import type { SweepService } from './sweeps.ts'

interface Options {
  library: Pick<Library, 'list' | 'get'>
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
  const parsed = sweepSchema.safeParse(document)
  const wanted = parsed.success ? canonicalJson(parsed.data) : null
  for (const saved of await sweeps.list()) {
    if (canonicalJson(saved.document) !== wanted || !await isComplete(options, saved)) continue
    await runs.adopt()
    await sweeps.resume(saved.sweepId)
    return saved.sweepId
  }
  return sweeps.start(document)
}

/** Whether all runs still exist and come from this engine. Another engine would give other bits. */
async function isComplete({ library, engineDigest }: Options, sweep: SweepRecord): Promise<boolean> {
  const { sweepId, arms, document: { seeds } } = sweep
  const runs = (await library.list()).filter(({ sweep }) => sweep?.sweepId === sweepId)
  if (runs.length < arms.length * seeds.length) return false
  return (await library.get(runs[0].runId)).environment.engineDigest === engineDigest
}
