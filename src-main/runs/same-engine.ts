import type { Environment } from '../contract/run.ts'
import type { Outline } from '../library/library.ts'
import { RunError } from './error.ts'

type Here = Pick<Environment, 'engineDigest'>

/** Whether the run can resume with this engine. Only the same engine gives the same bits for the same spec. */
export const fits = ({ summary, engineDigest }: Outline, here: Here): boolean =>
  engineDigest === here.engineDigest || (summary.epochsDone === 0 && summary.checkpoint === null)

/** @throws RunError other-engine if a different engine started the run */
export function refuseOtherEngine(outline: Outline, here: Here): void {
  if (!fits(outline, here)) throw otherEngine(outline, here)
}

/** The error of a run that a different engine started. */
export const otherEngine = ({ summary: { runId }, engineDigest: other }: Outline, here: Here): RunError =>
  new RunError('other-engine', `Run ${runId} was started by a different engine (${other.slice(0, 12)}; `
    + `this one is ${here.engineDigest.slice(0, 12)}). Resuming it would change its results. Retry it to start a new run.`)
