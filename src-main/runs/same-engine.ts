import type { Environment } from '../contract/run.ts'
import type { Outline } from '../library/library.ts'
import { RunError } from './error.ts'

type Here = Pick<Environment, 'engineDigest'>

/** Whether the run can go on here: the same spec gives the same bits only in the same engine. */
export const fits = ({ summary, engineDigest }: Outline, here: Here): boolean =>
  engineDigest === here.engineDigest || (summary.epochsDone === 0 && summary.checkpoint === null)

/** @throws RunError */
export function refuseOtherEngine(outline: Outline, here: Here): void {
  if (fits(outline, here)) return
  const { summary: { runId }, engineDigest: began } = outline
  throw new RunError('other-engine', `run ${runId} was begun by another engine (${began.slice(0, 12)}; `
    + `this one is ${here.engineDigest.slice(0, 12)}), which would go on with other bits; retry starts it anew`)
}
