import type { Database } from 'better-sqlite3'

/**
 * Lets runs be paused, resumed, archived and continued by another process. Adds checkpoints, packed arrays, settings, and the
 * latest metrics to each run, so that a list of ten thousand runs reads no epochs.
 *
 * Creates the table of runs again, because SQLite cannot widen a CHECK. Runs that were queued or running become interrupted.
 */
export function makeRunsDurable(db: Database): void {
  db.exec(`
    CREATE TABLE runs_2 (
      run_id TEXT NOT NULL PRIMARY KEY,
      status TEXT NOT NULL CHECK (status IN ('queued', 'running', 'paused', 'done', 'stopped', 'failed', 'interrupted')),
      shelf TEXT NOT NULL DEFAULT 'library' CHECK (shelf IN ('library', 'archive', 'trash')),
      owner TEXT, -- the process that works on it, as JSON; NULL where none does
      created_at TEXT NOT NULL,
      queued_at TEXT NOT NULL,
      started_at TEXT,
      ended_at TEXT,
      sequences INTEGER NOT NULL,
      seconds_per_sequence REAL,
      digest TEXT,
      error_code TEXT,
      error_message TEXT,
      epochs_done INTEGER NOT NULL DEFAULT 0, -- this and the next seven: of the last epoch, for lists
      mse ANY CHECK (typeof(mse) IN ('real', 'null')),
      mse_last_20 ANY CHECK (typeof(mse_last_20) IN ('real', 'null')),
      mean_rate_hz ANY CHECK (typeof(mean_rate_hz) IN ('real', 'null')),
      set_pulses INTEGER NOT NULL DEFAULT 0,
      reset_pulses INTEGER NOT NULL DEFAULT 0,
      refreshes INTEGER NOT NULL DEFAULT 0,
      read_pulses INTEGER NOT NULL DEFAULT 0,
      name TEXT NOT NULL AS (spec ->> '$.name') STORED,
      preset TEXT NOT NULL AS (spec ->> '$.preset') STORED,
      scheme TEXT NOT NULL AS (spec ->> '$.scheme.kind') STORED,
      seed INTEGER NOT NULL AS (spec ->> '$.seed') STORED,
      epochs INTEGER NOT NULL AS (spec ->> '$.training.epochs') STORED,
      environment TEXT NOT NULL,
      spec TEXT NOT NULL,
      CHECK ((error_code IS NULL) = (error_message IS NULL))
    ) STRICT;

    INSERT INTO runs_2 (
      run_id, status, created_at, queued_at, started_at, ended_at, sequences, seconds_per_sequence,
      digest, error_code, error_message, environment, spec
    )
    SELECT
      run_id, iif(status IN ('queued', 'running'), 'interrupted', status), created_at, created_at, started_at, ended_at, sequences,
      seconds_per_sequence, digest, error_code, error_message, environment, spec
    FROM runs ORDER BY rowid;

    DROP TABLE runs;
    ALTER TABLE runs_2 RENAME TO runs;

    UPDATE runs SET
      (epochs_done, mse, mean_rate_hz, set_pulses, reset_pulses, refreshes, read_pulses) = (
        SELECT epoch, mse, mean_rate_hz, set_pulses, reset_pulses, refreshes, read_pulses
        FROM epochs WHERE epochs.run_id = runs.run_id ORDER BY epoch DESC LIMIT 1
      ),
      mse_last_20 = (
        SELECT CASE WHEN count(mse) = count(*) THEN avg(mse) END
        FROM (SELECT mse FROM epochs WHERE epochs.run_id = runs.run_id ORDER BY epoch DESC LIMIT 20)
      )
    WHERE EXISTS (SELECT 1 FROM epochs WHERE epochs.run_id = runs.run_id);

    -- All that a list shows, so that it reads no spec: a tenth of the pages.
    CREATE INDEX runs_listed ON runs (
      created_at, run_id, status, shelf, name, preset, scheme, seed, epochs, sequences, seconds_per_sequence, digest, started_at, ended_at,
      error_code, error_message, epochs_done, mse, mse_last_20, mean_rate_hz, set_pulses, reset_pulses, refreshes, read_pulses
    );
    CREATE INDEX runs_unfinished ON runs (status) WHERE status IN ('queued', 'running');

    ALTER TABLE arrays ADD COLUMN packing TEXT NOT NULL DEFAULT 'raw' CHECK (packing IN ('raw', 'shuffle-deflate'));

    CREATE TABLE checkpoints (
      run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
      sequences INTEGER NOT NULL, -- done by then
      name TEXT NOT NULL,
      parts INTEGER NOT NULL, -- rows of the whole checkpoint
      codec TEXT NOT NULL CHECK (codec IN ('f32', 'f64', 'u16', 'u32')),
      length INTEGER NOT NULL,
      packing TEXT NOT NULL CHECK (packing IN ('raw', 'shuffle-deflate')),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      data BLOB NOT NULL,
      PRIMARY KEY (run_id, sequences, name)
    ) STRICT;

    CREATE TABLE settings (
      name TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL -- JSON
    ) STRICT;
  `)
}
