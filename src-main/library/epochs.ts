import type { Database } from 'better-sqlite3'
import type { EpochMetrics } from '../contract/run.ts'
import { bytesOf, realsFromBytes } from './codec.ts'

/** The metrics of every epoch of every run. NaN is kept as NULL, which is what better-sqlite3 binds it to. */
export class Epochs {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  append(runId: string, { epoch, mse, patternMse, meanRateHz, ledger, saturated }: EpochMetrics): void {
    this.#db.prepare(`
      INSERT INTO epochs (
        run_id, epoch, mse, mean_rate_hz, saturated, set_pulses, reset_pulses, refreshes, read_pulses, pattern_mse
      ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    `).run(
      runId, epoch, mse, meanRateHz, saturated, ledger.set, ledger.reset, ledger.refresh, ledger.read,
      bytesOf(Float64Array.from(patternMse)),
    )
  }

  of(runId: string): EpochMetrics[] {
    return this.#db.prepare<[string], Row>('SELECT * FROM epochs WHERE run_id = ? ORDER BY epoch').all(runId).map(metricsOf)
  }
}

interface Row {
  epoch: number
  mse: number | null
  mean_rate_hz: number | null
  saturated: number | null
  set_pulses: number
  reset_pulses: number
  refreshes: number
  read_pulses: number
  pattern_mse: Uint8Array
}

const metricsOf = (row: Row): EpochMetrics => ({
  epoch: row.epoch,
  mse: row.mse ?? NaN,
  patternMse: realsFromBytes(row.pattern_mse),
  meanRateHz: row.mean_rate_hz ?? NaN,
  ledger: { set: row.set_pulses, reset: row.reset_pulses, refresh: row.refreshes, read: row.read_pulses },
  saturated: row.saturated ?? NaN,
})
