import type { RunStatus, RunSummary } from '../contract/run.ts'

/** One row a run; everything about its epochs is worked out from them, nothing is kept twice. */
export const summaryQuery = `
  SELECT
    runs.run_id, status, runs.name, preset, scheme, seed, epochs, sequences,
    seconds_per_sequence, digest, created_at, started_at, ended_at, error_code, error_message,
    last.epoch AS last_epoch, last.mse, last.mean_rate_hz,
    last.set_pulses, last.reset_pulses, last.refreshes, last.read_pulses,
    (
      SELECT CASE WHEN count(mse) = count(*) THEN avg(mse) END
      FROM (SELECT mse FROM epochs WHERE run_id = runs.run_id ORDER BY epoch DESC LIMIT 20)
    ) AS mse_last_20
  FROM runs
  LEFT JOIN epochs AS last
    ON last.run_id = runs.run_id AND last.epoch = (SELECT max(epoch) FROM epochs WHERE run_id = runs.run_id)
`

export interface SummaryRow {
  run_id: string
  status: RunStatus
  name: string
  preset: string
  scheme: RunSummary['scheme']
  seed: number
  epochs: number
  sequences: number
  seconds_per_sequence: number | null
  digest: string | null
  created_at: string
  started_at: string | null
  ended_at: string | null
  error_code: string | null
  error_message: string | null
  last_epoch: number | null
  mse: number | null
  mean_rate_hz: number | null
  mse_last_20: number | null
  set_pulses: number | null
  reset_pulses: number | null
  refreshes: number | null
  read_pulses: number | null
}

export function summaryOf(row: SummaryRow): RunSummary {
  /** Before the first epoch there is no number; after it, NULL is how NaN is kept. */
  const metric = (value: number | null) => (row.last_epoch === null ? null : value ?? NaN)
  return {
    runId: row.run_id,
    status: row.status,
    name: row.name,
    preset: row.preset,
    scheme: row.scheme,
    seed: row.seed,
    epochs: row.epochs,
    epochsDone: row.last_epoch ?? 0,
    sequences: row.sequences,
    mse: metric(row.mse),
    mseLast20: metric(row.mse_last_20),
    meanRateHz: metric(row.mean_rate_hz),
    ledger: {
      set: row.set_pulses ?? 0,
      reset: row.reset_pulses ?? 0,
      refresh: row.refreshes ?? 0,
      read: row.read_pulses ?? 0,
    },
    secondsPerSequence: row.seconds_per_sequence,
    digest: row.digest,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    error: row.error_code === null ? null : { code: row.error_code, message: row.error_message ?? '' },
  }
}
