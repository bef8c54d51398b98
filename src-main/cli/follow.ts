import type { App, RunSummary } from '../app/app.ts'
import type { Output } from './output.ts'
import { showProgress } from './progress-line.ts'

/** Show the progress of a run until it ends. Ctrl+C stops the run and keeps a checkpoint. */
export async function follow(app: App, runId: string, epochs: number, output: Output): Promise<RunSummary> {
  const stop = () => {
    output.say(`Stopping. Progress is saved. Resume with: chalcogen resume ${runId}`)
    void app.stop(runId)
  }
  const hideProgress = showProgress(app.events, runId, epochs, output)
  const signals = ['SIGINT', 'SIGTERM'] as const
  for (const signal of signals) process.on(signal, stop)
  try {
    return await app.finished(runId)
  } finally {
    for (const signal of signals) process.off(signal, stop)
    hideProgress()
  }
}

/** JSON result of a command that runs an experiment. */
export function resultOf(summary: RunSummary): object {
  const { runId, status, preset, scheme, seed, epochs, epochsDone, sequences, error, outcome, reasons } = summary
  const { mse, mseLast20, meanRateHz, ledger, secondsPerSequence, secondsComputed, digest } = summary
  return {
    runId, status, outcome, reasons, preset, scheme, seed, epochs, epochsDone, sequences,
    mse, mseLast20, meanRateHz, ledger, secondsPerSequence, secondsComputed, digest, error,
  }
}
