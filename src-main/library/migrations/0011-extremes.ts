import type { Database } from 'better-sqlite3'

/** Adds the smallest and the largest value of every metric, for the best one. A list would read every epoch of every run to find it. */
export function addExtremes(db: Database): void {
  db.exec(`
    -- An index, made of the epochs.
    CREATE TABLE metric_extremes (
      metric TEXT NOT NULL, -- 'loss' for the loss
      run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
      smallest ANY CHECK (typeof(smallest) IN ('real', 'null')), -- NULL if every epoch has NaN
      largest ANY CHECK (typeof(largest) IN ('real', 'null')),
      PRIMARY KEY (metric, run_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX metric_extremes_of_run ON metric_extremes (run_id);

    INSERT INTO metric_extremes (metric, run_id, smallest, largest)
    SELECT 'loss', run_id, min(loss), max(loss) FROM epochs GROUP BY run_id
    UNION ALL SELECT metric, run_id, min(value), max(value) FROM epoch_metrics GROUP BY run_id, metric;
  `)
}
