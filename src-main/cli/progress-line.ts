import type { AppEvents } from '../app/events.ts'
import { duration, significant } from './format.ts'
import type { Output } from './output.ts'

/** Time between two lines if they cannot overwrite each other. */
const SPARSE_MS = 5000

/** Show a run's epoch, loss, rate and remaining time until the returned function is called. */
export function showProgress(events: AppEvents, runId: string, epochs: number, output: Output): () => void {
  let newest = { epoch: 0, mse: NaN }
  let nextLine = 0
  const stopEpochs = events.on('run.epochs', (event) => {
    if (event.runId === runId) newest = event.metrics.at(-1)!
  })
  const stopProgress = events.on('run.progress', (progress) => {
    if (progress.runId !== runId) return
    const line = describe(newest, epochs, progress)
    if (output.live) return output.overwrite(line)
    if (performance.now() < nextLine) return
    nextLine = performance.now() + SPARSE_MS
    output.say(line)
  })
  return () => {
    stopEpochs()
    stopProgress()
    if (output.live) output.overwrite('')
  }
}

function describe(
  newest: { epoch: number; mse: number },
  epochs: number,
  rate: { sequencesPerSecond: number; secondsLeft: number | null },
): string {
  const parts = [`epoch ${newest.epoch} of ${epochs}`]
  if (newest.epoch > 0) parts.push(`MSE ${significant(newest.mse)}`)
  if (rate.sequencesPerSecond > 0) parts.push(`${significant(rate.sequencesPerSecond)} sequences/s`)
  if (rate.secondsLeft !== null) parts.push(`${duration(rate.secondsLeft)} left`)
  return parts.join(', ')
}
