import type { Database } from 'better-sqlite3'

/**
 * Creates the tables of runs, of epochs with their metrics, and of stored arrays.
 *
 * Name, preset, scheme, seed and epochs are generated columns: SQLite reads them from the spec, so they cannot disagree with it.
 * A metric has type ANY, because REAL would turn −0 into 0. NULL stands for NaN, which SQLite cannot store.
 */
export function createRuns(db: Database): void {
  db.exec(`
    CREATE TABLE runs (
      run_id TEXT NOT NULL PRIMARY KEY,
      status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'stopped', 'failed', 'interrupted')),
      created_at TEXT NOT NULL,
      started_at TEXT,
      ended_at TEXT,
      process INTEGER NOT NULL, -- id of the process that works on the run
      sequences INTEGER NOT NULL,
      seconds_per_sequence REAL,
      digest TEXT,
      error_code TEXT,
      error_message TEXT,
      environment TEXT NOT NULL,
      name TEXT NOT NULL AS (spec ->> '$.name') STORED,
      preset TEXT NOT NULL AS (spec ->> '$.preset') STORED,
      scheme TEXT NOT NULL AS (spec ->> '$.scheme.kind') STORED,
      seed INTEGER NOT NULL AS (spec ->> '$.seed') STORED,
      epochs INTEGER NOT NULL AS (spec ->> '$.training.epochs') STORED,
      spec TEXT NOT NULL,
      CHECK ((error_code IS NULL) = (error_message IS NULL))
    ) STRICT;

    CREATE TABLE epochs (
      run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
      epoch INTEGER NOT NULL,
      mse ANY CHECK (typeof(mse) IN ('real', 'null')),
      mean_rate_hz ANY CHECK (typeof(mean_rate_hz) IN ('real', 'null')),
      saturated ANY CHECK (typeof(saturated) IN ('real', 'null')),
      set_pulses INTEGER NOT NULL,
      reset_pulses INTEGER NOT NULL,
      refreshes INTEGER NOT NULL,
      read_pulses INTEGER NOT NULL,
      pattern_mse BLOB NOT NULL, -- float64, little-endian
      PRIMARY KEY (run_id, epoch)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE arrays (
      run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
      epoch INTEGER NOT NULL,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      codec TEXT NOT NULL CHECK (codec IN ('f32', 'u16', 'u32')),
      shape TEXT NOT NULL,
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      data BLOB NOT NULL, -- little-endian
      PRIMARY KEY (run_id, epoch, kind, name)
    ) STRICT;
  `)
}
