import { formatDuration } from '../../src-engine/format/durations.ts'
import { formatNumber } from '../../src-engine/format/numbers.ts'
import type { AppEvents } from '../app/events.ts'
import type { Output } from './output.ts'

/** Time between two lines if they cannot overwrite each other. */
const SPARSE_MS = 5000

/** Show a run's epoch, loss, rate and remaining time, or why it waits, until the returned function is called. */
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

/** What the line says of a run. While it waits, its rate and remaining time mean nothing. */
export interface LineProgress {
  sequencesPerSecond: number
  secondsLeft: number | null
  waiting: string | null
}

export function describe(newest: { epoch: number; mse: number }, epochs: number, progress: LineProgress): string {
  const parts = [`epoch ${newest.epoch} of ${epochs}`]
  if (newest.epoch > 0) parts.push(`MSE ${formatNumber(newest.mse)}`)
  if (progress.waiting !== null) return `${[...parts, 'waiting'].join(', ')}. ${progress.waiting}`
  if (progress.sequencesPerSecond > 0) parts.push(`${formatNumber(progress.sequencesPerSecond)} sequences/s`)
  if (progress.secondsLeft !== null) parts.push(`${formatDuration(progress.secondsLeft)} left`)
  return parts.join(', ')
}
