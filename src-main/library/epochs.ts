import type { Database } from 'better-sqlite3'
import * as z from 'zod'
import { type EpochMetrics, epochMetricsSchema, runIdSchema } from '../contract/run.ts'
import { LibraryError } from './error.ts'
import { read, write } from './operation.ts'
import { type EpochColumns, epochNumberSchema, runEndSchema } from './protocol.ts'
import { Runs } from './runs.ts'
import { inTransaction } from './transaction.ts'

/** For SQLite, no limit. */
const ALL = -1

/** The metrics of every epoch of every run. NaN is stored as NULL, which is how better-sqlite3 binds it. */
export class Epochs {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Saves all epochs or none, and updates the metrics in the run's own row.
   * A resumed run may save an epoch again, but only with the same metrics.
   * @param secondsComputed computed time of the run so far, s; null keeps what is saved
   * @throws LibraryError not-reproduced if the metrics differ
   */
  append(runId: string, epochs: readonly EpochMetrics[], secondsComputed: number | null = null): void {
    inTransaction(this.#db, () => {
      for (const metrics of epochs) if (!this.#insert(runId, metrics)) this.#requireSame(runId, metrics)
      refreshSummary(this.#db, runId, Math.min(...epochs.map(({ epoch }) => epoch)))
      if (secondsComputed !== null) this.#db.prepare('UPDATE runs SET computed_seconds = ? WHERE run_id = ?').run(secondsComputed, runId)
    })
  }

  all(runId: string): EpochMetrics[] {
    return this.page(runId, 0, ALL)
  }

  /** Some of the run's epochs, in order. @param after the last epoch of the page before; 0 for the first page */
  page(runId: string, after: number, most: number): EpochMetrics[] {
    const rows = this.#db.prepare<[string, number, number], Row>('SELECT * FROM epochs WHERE run_id = ? AND epoch > ? ORDER BY epoch LIMIT ?')
      .all(runId, after, most)
    if (rows.length === 0) return []
    const parts = this.#partsOf(runId, rows[0]!.epoch, rows[rows.length - 1]!.epoch)
    return rows.map((row) => metricsOf(row, parts.losses.get(row.epoch), parts.metrics.get(row.epoch)))
  }

  /** @param most number of epochs at the end; all by default */
  columnsOf(runId: string, most = ALL): EpochColumns {
    const rows = this.#db.prepare<[string, number], (number | null)[]>(`
      SELECT loss, mean_rate_hz, silent, zero_surrogate, always_firing, saturated, set_pulses, reset_pulses, read_pulses FROM epochs
      WHERE run_id = ? ORDER BY epoch DESC LIMIT ?
    `).raw().all(runId, most).reverse()
    const column = (index: number) => Float64Array.from(rows, (row) => row[index] ?? NaN)
    return {
      loss: column(0), meanRateHz: column(1),
      silent: column(2), zeroSurrogate: column(3), alwaysFiring: column(4), saturated: column(5),
      set: column(6), reset: column(7), read: column(8),
    }
  }

  /** Loss of every epoch; NaN where it has none. */
  lossesOf(runId: string): Float64Array {
    const losses = this.#db.prepare<[string], number | null>('SELECT loss FROM epochs WHERE run_id = ? ORDER BY epoch').pluck().all(runId)
    return Float64Array.from(losses, (loss) => loss ?? NaN)
  }

  /** @returns false if the epoch is saved already */
  #insert(runId: string, metrics: EpochMetrics): boolean {
    const { epoch, patternLosses } = metrics
    const insert = this.#db.prepare(`
      INSERT INTO epochs (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')}) ON CONFLICT DO NOTHING
    `)
    if (insert.run(...rowOf(runId, metrics)).changes === 0) return false
    const insertLoss = this.#db.prepare('INSERT INTO pattern_losses (run_id, epoch, pattern, loss) VALUES (?, ?, ?, ?)')
    patternLosses.forEach((loss, pattern) => insertLoss.run(runId, epoch, pattern, loss))
    const insertMetric = this.#db.prepare('INSERT INTO epoch_metrics (run_id, epoch, metric, value) VALUES (?, ?, ?, ?)')
    for (const [metric, value] of Object.entries(metrics.metrics)) insertMetric.run(runId, epoch, metric, value)
    return true
  }

  /** Losses of the patterns and further metrics of some epochs, by epoch. */
  #partsOf(
    runId: string, first: number, last: number,
  ): { losses: Map<number, number[]>; metrics: Map<number, Record<string, number>> } {
    const losses = new Map<number, number[]>()
    const lossRows = this.#db.prepare<[string, number, number], [number, number | null]>(`
      SELECT epoch, loss FROM pattern_losses WHERE run_id = ? AND epoch BETWEEN ? AND ? ORDER BY epoch, pattern
    `).raw().iterate(runId, first, last)
    for (const [epoch, loss] of lossRows) entryOf(losses, epoch, () => []).push(loss ?? NaN)
    const metrics = new Map<number, Record<string, number>>()
    const metricRows = this.#db.prepare<[string, number, number], [number, string, number | null]>(`
      SELECT epoch, metric, value FROM epoch_metrics WHERE run_id = ? AND epoch BETWEEN ? AND ? ORDER BY epoch, metric
    `).raw().iterate(runId, first, last)
    const ofEpoch = (epoch: number) => entryOf<Record<string, number>>(metrics, epoch, () => ({}))
    for (const [epoch, metric, value] of metricRows) ofEpoch(epoch)[metric] = value ?? NaN
    return { losses, metrics }
  }

  #requireSame(runId: string, metrics: EpochMetrics): void {
    const [saved] = this.page(runId, metrics.epoch - 1, 1)
    if (isSame(saved!, metrics)) return
    throw new LibraryError('not-reproduced', `The metrics of epoch ${metrics.epoch} of run ${runId} differ from the saved ones. `
      + 'Retry the run to start it again from the beginning.')
  }
}

/**
 * Updates the metrics of the last epoch in the run's own row, and the extremes of all epochs.
 * @param since the first epoch that is new; 1 to forget the extremes of earlier ones
 */
export function refreshSummary(db: Database, runId: string, since = 1): void {
  db.prepare(`
    UPDATE runs SET
      (epochs_done, loss, mean_rate_hz, set_pulses, reset_pulses, refreshes, read_pulses) = (${lastEpoch}),
      loss_last_20 = (${meanOfLast20})
    WHERE run_id = $runId
  `).run({ runId })
  db.prepare('DELETE FROM last_metrics WHERE run_id = ?').run(runId)
  db.prepare(`
    INSERT INTO last_metrics (metric, run_id, value)
    SELECT metric, run_id, value FROM epoch_metrics WHERE run_id = ? AND epoch = (SELECT epochs_done FROM runs WHERE run_id = ?)
  `).run(runId, runId)
  refreshExtremes(db, runId, since)
}

/** Updates the extremes of all epochs. Reads the new ones alone, since a run may have a million. @param since the first new epoch; 1 for all */
export function refreshExtremes(db: Database, runId: string, since = 1): void {
  if (since === 1) db.prepare('DELETE FROM metric_extremes WHERE run_id = ?').run(runId)
  db.prepare(`
    INSERT INTO metric_extremes (metric, smallest, largest, run_id)
    SELECT metric, smallest, largest, $runId FROM (${extremesSince('$since')}) WHERE 1
    ON CONFLICT DO UPDATE SET
      smallest = min(coalesce(smallest, excluded.smallest), coalesce(excluded.smallest, smallest)),
      largest = max(coalesce(largest, excluded.largest), coalesce(excluded.largest, largest))
  `).run({ runId, since })
}

/** Smallest and largest value of each metric of run `$runId`. */
export const extremesSince = (epoch: string) => `
  SELECT 'loss' AS metric, min(loss) AS smallest, max(loss) AS largest FROM epochs WHERE run_id = $runId AND epoch >= ${epoch} HAVING count(*) > 0
  UNION ALL SELECT metric, min(value), max(value) FROM epoch_metrics WHERE run_id = $runId AND epoch >= ${epoch} GROUP BY metric
`

/** The metrics that the row of run `$runId` must contain. */
export const lastEpoch = `
  SELECT coalesce(max(epoch), 0), loss, mean_rate_hz,
    coalesce(set_pulses, 0), coalesce(reset_pulses, 0), coalesce(refreshes, 0), coalesce(read_pulses, 0)
  FROM epochs WHERE run_id = $runId
`
export const meanOfLast20 = meanOf20('run_id = $runId')

/** The loss that a list shows of a run with these epochs. NULL if one of them has no loss. */
export function meanOf20(epochs: string): string {
  return `
    SELECT CASE WHEN count(loss) = count(*) THEN avg(loss) END
    FROM (SELECT loss FROM epochs WHERE ${epochs} ORDER BY epoch DESC LIMIT 20)
  `
}

const COLUMNS = [
  'run_id', 'epoch', 'loss', 'mean_rate_hz', 'saturated', 'set_pulses', 'reset_pulses', 'refreshes', 'read_pulses',
  'silent', 'zero_surrogate', 'always_firing',
]

const rowOf = (
  runId: string, { epoch, loss, meanRateHz, silent, zeroSurrogate, alwaysFiring, ledger, saturated }: EpochMetrics,
) => [
  runId, epoch, loss, meanRateHz, saturated, ledger.set, ledger.reset, ledger.refresh, ledger.read,
  silent, zeroSurrogate, alwaysFiring,
]

/** Whether two epochs have the same numbers, bit by bit, apart from the kind of a NaN. */
function isSame(a: EpochMetrics, b: EpochMetrics): boolean {
  const valuesOf = (metrics: EpochMetrics) => [
    ...rowOf('', metrics), ...metrics.patternLosses, ...Object.entries(metrics.metrics).sort(byName).flat(),
  ]
  const [ours, theirs] = [valuesOf(a), valuesOf(b)]
  return ours.length === theirs.length && ours.every((value, index) => Object.is(value, theirs[index]))
}

const byName = ([a]: [string, number], [b]: [string, number]) => (a < b ? -1 : 1)

function entryOf<Value>(map: Map<number, Value>, key: number, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

interface Row {
  epoch: number
  loss: number | null
  mean_rate_hz: number | null
  silent: number | null
  zero_surrogate: number | null
  always_firing: number | null
  saturated: number | null
  set_pulses: number
  reset_pulses: number
  refreshes: number
  read_pulses: number
}

const metricsOf = (row: Row, patternLosses: number[] = [], metrics: Record<string, number> = {}): EpochMetrics => ({
  epoch: row.epoch,
  loss: row.loss ?? NaN,
  patternLosses,
  metrics,
  meanRateHz: row.mean_rate_hz ?? NaN,
  silent: row.silent,
  zeroSurrogate: row.zero_surrogate,
  alwaysFiring: row.always_firing,
  ledger: { set: row.set_pulses, reset: row.reset_pulses, refresh: row.refreshes, read: row.read_pulses },
  saturated: row.saturated ?? NaN,
})

export const epochOperations = {
  /**
   * Saves epochs, counted from 1, and the computed time of the run so far, s. Saving an epoch again is allowed if it is equal; else
   * rejects with `not-reproduced`.
   */
  appendEpochs: write(
    [runIdSchema, z.array(epochMetricsSchema).min(1), runEndSchema.shape.secondsComputed],
    ({ db }, runId, epochs, secondsComputed = null) => {
      new Runs(db).require(runId)
      new Epochs(db).append(runId, epochs, secondsComputed)
    },
  ),
  /** Some of the epochs of a run, in order. Repeat it with the last epoch until there are fewer than `most`. */
  epochPage: read([runIdSchema, epochNumberSchema, z.int().min(1)], ({ db }, runId, after, most) => {
    new Runs(db).require(runId)
    return new Epochs(db).page(runId, after, most)
  }),
  /** Metrics of many runs, in the order of `runIds`. Columns are empty if no epoch is done. */
  epochColumns: read([z.array(runIdSchema)], ({ db }, runIds) => runIds.map((runId) => {
    new Runs(db).require(runId)
    return new Epochs(db).columnsOf(runId)
  }), { transfer: (columns) => columns.flatMap((run) => Object.values(run).map(({ buffer }) => buffer)) }),
}
