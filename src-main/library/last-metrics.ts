import type { Database } from 'better-sqlite3'

/** Metrics of a run's last epoch besides the loss, by id. */
export function lastMetricsOf(db: Database, runId: string): Record<string, number> {
  const rows = db.prepare<[string, string], [string, number | null]>(`
    SELECT metric, value FROM epoch_metrics
    WHERE run_id = ? AND epoch = (SELECT epochs_done FROM runs WHERE run_id = ?) ORDER BY metric
  `).raw().all(runId, runId)
  return Object.fromEntries(rows.map(([metric, value]) => [metric, value ?? NaN]))
}

/** Likewise of several runs, in their order. Null for all if no run of the library has such metrics, as is usual. */
export function lastMetricsOfAll(db: Database, runIds: readonly string[]): (Record<string, number> | null)[] {
  const hasAny = db.prepare('SELECT 1 FROM epoch_metrics LIMIT 1').get() !== undefined
  return runIds.map((runId) => (hasAny ? lastMetricsOf(db, runId) : null))
}
