import type { App, RunSummary } from '../app/app.ts'
import { isHalved } from '../app/sweeps.ts'
import { withNamedLoss } from '../../src-engine/experiment/named-loss.ts'
import { DONE, FAILED } from './failure.ts'
import type { Output } from './output.ts'
import { showProgress } from './progress-line.ts'

/** Show the progress of a run until it ends or a signal has stopped it, then say what is saved. */
export async function follow(app: App, runId: string, output: Output): Promise<RunSummary> {
  const { summary: started } = await app.overview(runId)
  const { sweep } = started
  const hideProgress = showProgress(app.events, started, output)
  // If it was the last of its round of successive halving, the sweep continues here.
  const ended = sweep ? app.sweeps.finished(sweep.sweepId) : app.finished(runId)
  try {
    await Promise.race([ended, output.interruption.stopped])
  } finally {
    hideProgress()
  }
  const summary = endedSummary((await app.overview(runId)).summary)
  if (isUnfinished(summary)) output.say(savedText(summary))
  return summary
}

/**
 * The summary of a run that ran here and no longer does. If its end could not be saved, the library still has it as running, and the
 * next program that opens the library marks it as interrupted.
 */
const endedSummary = (summary: RunSummary): RunSummary => (summary.status === 'running' ? { ...summary, status: 'interrupted' } : summary)

/** Starts to note which runs run here. @returns a function that gives the chosen runs as they are when no run runs here any more */
export function endedRuns(app: App): (isChosen: (run: RunSummary) => boolean) => Promise<RunSummary[]> {
  const started = new Set(app.live().map(({ progress }) => progress.runId))
  app.events.on('run.changed', ({ summary: { runId, status } }) => { if (status === 'running') started.add(runId) })
  return async (isChosen) => (await app.list()).filter(isChosen).map((run) => (started.has(run.runId) ? endedSummary(run) : run))
}

/** Whether a run has ended before its end, other than by an error. */
export const isUnfinished = ({ status }: RunSummary) => status !== 'done' && status !== 'failed'

/** What is saved of a run that is not finished, and how to continue. */
export function savedText({ runId, checkpoint, sequences, epochs, status, sweep, error }: RunSummary): string {
  if (status === 'queued') return `Run ${runId} is still in the queue. Start it with: chalcogen queue`
  if (isHalved({ error })) return `Run ${runId} ended. ${error!.message}`
  if (status === 'paused' && sweep) return `Run ${runId} waits for the other runs of its round. Continue them with: chalcogen sweep ${sweep.sweepId}`
  const saved = checkpoint === null
    ? 'No checkpoint is saved, so it will start again from the beginning.'
    : `Its checkpoint at epoch ${epochAt(checkpoint, sequences, epochs)} of ${epochs} is saved.`
  return `Run ${runId} is ${status}. ${saved} Resume it with: chalcogen resume ${runId}`
}

const epochAt = (done: number, sequences: number, epochs: number) => Math.floor((done * epochs) / sequences)

/** DONE if all runs have done what they can: a run that waits for the others of its round has, too. */
export const exitCodeOfRuns = (runs: readonly RunSummary[]): number => (runs.every(isComplete) ? DONE : FAILED)

/** Whether a run is finished, was stopped early by its sweep, or waits for the others of its round. */
const isComplete = ({ status, error, sweep }: RunSummary) =>
  status === 'done' || isHalved({ error }) || (status === 'paused' && sweep !== null)

/** JSON result of a command that runs an experiment. */
export function resultOf(summary: RunSummary): object {
  const { runId, status, preset, task, scheme, seed, epochs, epochsDone, sequences, error, outcome, reasons } = summary
  const { loss, lossLast20, metrics, meanRateHz, ledger, secondsPerSequence, secondsComputed, digest } = summary
  return withNamedLoss({
    runId, status, outcome, reasons, preset, task, scheme, seed, epochs, epochsDone, sequences,
    loss, lossLast20, metrics, meanRateHz, ledger, secondsPerSequence, secondsComputed, digest, error,
  })
}
