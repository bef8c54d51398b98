import { formatDuration } from '../../src-engine/format/durations.ts'
import { formatNumber } from '../../src-engine/format/numbers.ts'
import { formatMetric, type LossKind } from '../../src-engine/experiment/metrics.ts'
import { lossOf } from '../../src-engine/experiment/task.ts'
import type { RunSummary } from '../app/app.ts'
import type { AppEvents } from '../app/events.ts'
import type { Output } from './output.ts'

/** Time between two lines if they cannot overwrite each other. */
const SPARSE_MS = 5000

/** Show a run's epoch, loss, rate and remaining time, or why it waits, until the returned function is called. */
export function showProgress(events: AppEvents, { runId, epochs, task }: Pick<RunSummary, 'runId' | 'epochs' | 'task'>, output: Output): () => void {
  const loss = lossOf(task)
  let newest = { epoch: 0, loss: NaN }
  let nextLine = 0
  const stopEpochs = events.on('run.epochs', (event) => {
    if (event.runId === runId) newest = event.metrics.at(-1)!
  })
  const stopProgress = events.on('run.progress', (progress) => {
    if (progress.runId !== runId) return
    const line = describe(newest, epochs, progress, loss)
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

export function describe(
  newest: { epoch: number; loss: number }, epochs: number, progress: LineProgress, loss: LossKind,
): string {
  const parts = [`epoch ${newest.epoch} of ${epochs}`]
  if (newest.epoch > 0) parts.push(`${loss.title} ${formatMetric(loss, newest.loss)}`)
  if (progress.waiting !== null) return `${[...parts, 'waiting'].join(', ')}. ${progress.waiting}`
  if (progress.sequencesPerSecond > 0) parts.push(`${formatNumber(progress.sequencesPerSecond)} sequences/s`)
  if (progress.secondsLeft !== null) parts.push(`${formatDuration(progress.secondsLeft)} left`)
  return parts.join(', ')
}
