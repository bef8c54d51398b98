import type { Database } from 'better-sqlite3'

/** Adds sweeps and their runs, an explicit queue order, and the user's own presets. */
export function addSweeps(db: Database): void {
  db.exec(`
    CREATE TABLE sweeps (
      sweep_id TEXT NOT NULL PRIMARY KEY,
      name TEXT NOT NULL,
      created_at TEXT NOT NULL,
      document TEXT NOT NULL -- JSON
    ) STRICT;

    ALTER TABLE runs ADD COLUMN sweep_id TEXT; -- a sweep that is gone must not take its runs along
    ALTER TABLE runs ADD COLUMN arm INTEGER CHECK ((arm IS NULL) = (sweep_id IS NULL));
    ALTER TABLE runs ADD COLUMN priority INTEGER NOT NULL DEFAULT 0 CHECK (priority BETWEEN -1 AND 1);
    ALTER TABLE runs ADD COLUMN place INTEGER; -- in the queue, the smallest first; NULL of one that never was in it since

    -- As before, with the new columns that a list shows.
    DROP INDEX runs_listed;
    CREATE INDEX runs_listed ON runs (
      created_at, run_id, status, shelf, name, preset, scheme, seed, epochs, sequences, seconds_per_sequence, digest, started_at, ended_at,
      error_code, error_message, epochs_done, mse, mse_last_20, mean_rate_hz, set_pulses, reset_pulses, refreshes, read_pulses,
      sweep_id, arm
    );
    CREATE INDEX runs_of_sweep ON runs (sweep_id) WHERE sweep_id IS NOT NULL;

    CREATE TABLE presets (
      preset_id TEXT NOT NULL PRIMARY KEY,
      title TEXT NOT NULL,
      description TEXT NOT NULL,
      provenance TEXT NOT NULL,
      created_at TEXT NOT NULL,
      spec TEXT NOT NULL -- JSON
    ) STRICT;
  `)
}
