import type { Database } from 'better-sqlite3'

/**
 * Adds the outcome and the computed time to each run, and the fraction of silent neurons to each epoch.
 *
 * The outcomes of earlier runs are judged after the library is opened. Their computed time is known only for a run that was never
 * resumed, which was queued before it started. A run without a place was imported, and what happened to it before is not known.
 */
export function addOutcomes(db: Database): void {
  db.exec(`
    ALTER TABLE runs ADD COLUMN outcome TEXT CHECK (outcome IN ('learned', 'untrained', 'silent', 'diverged')); -- NULL while it is not known
    ALTER TABLE runs ADD COLUMN reasons TEXT CHECK (reasons IS NULL OR outcome IS NOT NULL); -- JSON; NULL where there are none
    ALTER TABLE runs ADD COLUMN computed_seconds REAL CHECK (computed_seconds >= 0); -- NULL where it is not known

    UPDATE runs SET computed_seconds = CASE
      WHEN started_at IS NULL THEN 0
      WHEN ended_at >= started_at THEN round(unixepoch(ended_at, 'subsec') - unixepoch(started_at, 'subsec'), 3)
    END
    WHERE started_at IS NULL OR (place IS NOT NULL AND queued_at <= started_at);

    ALTER TABLE epochs ADD COLUMN silent ANY CHECK (typeof(silent) IN ('real', 'null')); -- NULL in runs of earlier versions

    -- As before, with the new columns that a list shows.
    DROP INDEX runs_listed;
    CREATE INDEX runs_listed ON runs (
      created_at, run_id, status, shelf, name, preset, scheme, seed, epochs, sequences, seconds_per_sequence, digest, started_at, ended_at,
      error_code, error_message, epochs_done, mse, mse_last_20, mean_rate_hz, set_pulses, reset_pulses, refreshes, read_pulses,
      sweep_id, arm, outcome, reasons, computed_seconds
    );
    CREATE INDEX runs_unjudged ON runs (run_id) WHERE status = 'done' AND outcome IS NULL;
  `)
}
