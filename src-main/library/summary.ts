import * as z from 'zod'
import { type Reason, reasons } from '../../src-engine/statistics/comparison.ts'
import type { Annotation, RunStatus, RunSummary, Shelf } from '../contract/run.ts'

/** Selects one row per run. The metrics of the last epoch are in the run's own row, so a list reads no epochs. */
export const summaryQuery = `
  SELECT
    run_id, status, shelf, name, preset, scheme, seed, epochs, sequences,
    (SELECT max(sequences) FROM checkpoints WHERE checkpoints.run_id = runs.run_id),
    seconds_per_sequence, digest, created_at, started_at, ended_at, error_code, error_message,
    epochs_done, loss, loss_last_20, mean_rate_hz, set_pulses, reset_pulses, refreshes, read_pulses,
    sweep_id, arm, outcome, reasons, computed_seconds, task,
    EXISTS (SELECT 1 FROM unverified WHERE unverified.run_id = runs.run_id)
  FROM runs
`

/** A raw row of `summaryQuery`. */
export type StoredRow = [
  runId: string, status: RunStatus, shelf: Shelf, name: string, preset: string, scheme: RunSummary['scheme'],
  seed: number, epochs: number, sequences: number, checkpoint: number | null,
  secondsPerSequence: number | null, digest: string | null,
  createdAt: string, startedAt: string | null, endedAt: string | null, errorCode: string | null, errorMessage: string | null,
  epochsDone: number, loss: number | null, lossLast20: number | null, meanRateHz: number | null,
  set: number, reset: number, refresh: number, read: number,
  sweepId: string | null, arm: number | null, outcome: RunSummary['outcome'], reasons: string | null, secondsComputed: number | null,
  task: string | null, isUnverified: 0 | 1,
]

/** A row with the further metrics of its last epoch, what the user has written, and the reason why its run cannot be read. Without property names, ten thousand rows reach another thread in half the time. */
export type SummaryRow = [
  ...StoredRow, metrics: Record<string, number> | null, annotation: Annotation | null, unreadable: string | null,
]

export function summaryOf(row: SummaryRow): RunSummary {
  const [
    runId, status, shelf, name, preset, scheme, seed, epochs, sequences, checkpoint, secondsPerSequence, digest,
    createdAt, startedAt, endedAt, errorCode, errorMessage, epochsDone, loss, lossLast20, meanRateHz, set, reset, refresh, read,
    sweepId, arm, outcome, reasonsText, secondsComputed, task, isUnverified, metrics, annotation, unreadable,
  ] = row
  return {
    runId, status, shelf, name: annotation?.name ?? name, preset, task: task ?? '', scheme, seed, epochs, epochsDone, sequences, checkpoint,
    loss: metric(epochsDone, loss),
    lossLast20: metric(epochsDone, lossLast20),
    metrics: metrics ?? {},
    meanRateHz: metric(epochsDone, meanRateHz),
    outcome,
    reasons: reasonsOf(reasonsText),
    ledger: { set, reset, refresh, read },
    secondsPerSequence, digest, createdAt, startedAt, endedAt, secondsComputed,
    error: errorCode === null ? null : { code: errorCode, message: errorMessage ?? '' },
    sweep: sweepId === null || arm === null ? null : { sweepId, arm },
    ...(isUnverified === 1 && { unverified: true as const }),
    ...(annotation !== null && { annotation }),
    ...(unreadable !== null && { unreadable }),
  }
}

/** The reasons that this version knows; none if the text is damaged, which a check reports. */
function reasonsOf(text: string | null): RunSummary['reasons'] {
  if (text === null) return []
  try {
    const stored = z.array(z.string()).parse(JSON.parse(text))
    return stored.filter((one): one is Reason => (reasons as readonly string[]).includes(one))
  } catch {
    return []
  }
}

/** Before the first epoch there is no value. After it, NULL stands for NaN. */
const metric = (epochsDone: number, value: number | null) => (epochsDone === 0 ? null : value ?? NaN)

