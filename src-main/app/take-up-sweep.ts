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
  /** Of the engine that is here. */
  engineDigest: string
}

/**
 * The sweep of this document: one that is kept and was begun by this engine goes on, whatever ended it; else a new one is launched.
 * @param document that names no file
 * @returns its id
 * @throws BadInput
 */
export async function takeUpSweep(options: Options, document: unknown): Promise<string> {
  const { sweeps, runs } = options
  const parsed = sweepSchema.safeParse(document)
  const wanted = parsed.success ? canonicalJson(parsed.data) : null
  for (const kept of await sweeps.list()) {
    if (canonicalJson(kept.document) !== wanted || !await isWhole(options, kept)) continue
    await runs.adopt()
    await sweeps.resume(kept.sweepId)
    return kept.sweepId
  }
  return sweeps.start(document)
}

/** Whether all of its runs are still there, and of this engine: others would have other bits. */
async function isWhole({ library, engineDigest }: Options, kept: SweepRecord): Promise<boolean> {
  const { sweepId, arms, document: { seeds } } = kept
  const runs = (await library.list()).filter(({ sweep }) => sweep?.sweepId === sweepId)
  if (runs.length < arms.length * seeds.length) return false
  return (await library.get(runs[0].runId)).environment.engineDigest === engineDigest
}
