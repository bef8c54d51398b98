import { LAST_EPOCHS } from '../../src-engine/statistics/learning-curve.ts'
import type { EpochMetrics, RunSummary } from '../bridge/bridge.ts'

/** What the epochs of a running run have shown since its last summary. */
export interface LiveState {
  last: EpochMetrics
  /** Losses of the latest epochs, at most 20. */
  losses: readonly number[]
}

/** The state after further epochs, of which there is at least one. */
export const withEpochs = (before: LiveState | undefined, metrics: readonly EpochMetrics[]): LiveState => ({
  last: metrics.at(-1)!,
  losses: [...before?.losses ?? [], ...metrics.map(({ loss }) => loss)].slice(-LAST_EPOCHS),
})

/** The summary of a running run as of its latest epoch. Any other run has no live state and is returned unchanged. */
export function withLive(summary: RunSummary, live: LiveState | undefined): RunSummary {
  if (live === undefined || live.last.epoch <= summary.epochsDone) return summary
  const { epoch, loss, metrics, meanRateHz, ledger } = live.last
  const lossLast20 = meanLoss(live.losses, epoch, summary.lossLast20)
  return { ...summary, epochsDone: epoch, loss, metrics, lossLast20, meanRateHz, ledger }
}

/** Mean loss of the last 20 epochs. Epochs before this window opened count with their mean. */
function meanLoss(losses: readonly number[], epoch: number, before: number | null): number {
  const missing = before === null ? 0 : Math.max(0, Math.min(LAST_EPOCHS, epoch) - losses.length)
  const sum = losses.reduce((total, loss) => total + loss, missing === 0 ? 0 : missing * before!)
  return sum / (losses.length + missing)
}

/** Stored epochs, followed by the epochs that events have reported since. */
export function joinedEpochs(stored: readonly EpochMetrics[], reported: readonly EpochMetrics[]): readonly EpochMetrics[] {
  if (reported.length === 0) return stored
  const last = stored.at(-1)?.epoch ?? 0
  return [...stored, ...reported.filter(({ epoch }) => epoch > last)]
}
