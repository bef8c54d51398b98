import type { Database } from 'better-sqlite3'

/**
 * Adds names, notes, stars and tags of runs, and an index of the parameters of their specs.
 *
 * Runs that differ only in seed, name and preset are replicates. They share the rows of their parameters, which are a tenth of the rows
 * that each run would need of its own. Runs of earlier versions are indexed after the library is opened.
 */
export function addQueries(db: Database): void {
  db.exec(`
    CREATE TABLE annotations (
      run_id TEXT NOT NULL PRIMARY KEY REFERENCES runs ON DELETE CASCADE,
      name TEXT, -- NULL where the name of the spec holds
      note TEXT NOT NULL,
      starred INTEGER NOT NULL CHECK (starred IN (0, 1))
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tags (
      run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
      tag TEXT NOT NULL,
      PRIMARY KEY (run_id, tag)
    ) STRICT, WITHOUT ROWID;

    -- Metrics of the last epoch besides the loss, for lists and queries.
    CREATE TABLE last_metrics (
      metric TEXT NOT NULL,
      run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
      value ANY CHECK (typeof(value) IN ('real', 'null')), -- NULL stands for NaN
      PRIMARY KEY (metric, run_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX last_metrics_of_run ON last_metrics (run_id);

    INSERT INTO last_metrics (metric, run_id, value)
    SELECT metric, runs.run_id, value FROM runs JOIN epoch_metrics ON epoch_metrics.run_id = runs.run_id AND epoch = epochs_done;

    -- From here on: an index, made of the specs by the program that has the library open. Other programs need not read it.
    CREATE TABLE replicates (
      replicate_id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE -- digest of the spec without seed, name and preset
    ) STRICT;

    CREATE TABLE parameter_names (
      name_id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE, -- path in the spec
      spec_version INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE parameters (
      name_id INTEGER NOT NULL,
      replicate_id INTEGER NOT NULL,
      number ANY CHECK (typeof(number) IN ('integer', 'real', 'null')), -- also 0 or 1 for a switch
      text TEXT,
      PRIMARY KEY (name_id, replicate_id)
    ) STRICT, WITHOUT ROWID;

    ALTER TABLE runs ADD COLUMN replicate_id INTEGER; -- NULL until it is indexed; 0 where the spec cannot be read
    CREATE INDEX runs_of_replicate ON runs (replicate_id);

    -- As before, with the new column.
    DROP INDEX runs_listed;
    CREATE INDEX runs_listed ON runs (
      created_at, run_id, status, shelf, name, preset, scheme, seed, epochs, sequences, seconds_per_sequence, digest, started_at, ended_at,
      error_code, error_message, epochs_done, loss, loss_last_20, mean_rate_hz, set_pulses, reset_pulses, refreshes, read_pulses,
      sweep_id, arm, outcome, reasons, computed_seconds, task, replicate_id
    );

    DROP VIEW run_table;
    CREATE VIEW run_table AS SELECT
      run_id, status, outcome, shelf, coalesce((SELECT annotations.name FROM annotations WHERE annotations.run_id = runs.run_id), name) AS name,
      preset, task, scheme, seed, epochs, epochs_done, loss, loss_last_20, mean_rate_hz,
      set_pulses, reset_pulses, refreshes AS refreshed_pairs, read_pulses, sequences, seconds_per_sequence AS time_per_sequence_s,
      computed_seconds AS time_computed_s, created_at AS created_at_utc, started_at AS started_at_utc, ended_at AS ended_at_utc,
      error_code, error_message, sweep_id, arm AS arm_from_0, digest,
      EXISTS (SELECT 1 FROM annotations WHERE annotations.run_id = runs.run_id AND starred) AS starred,
      (SELECT coalesce(group_concat(tag, ', '), '') FROM tags WHERE tags.run_id = runs.run_id) AS tags,
      coalesce((SELECT note FROM annotations WHERE annotations.run_id = runs.run_id), '') AS note
    FROM runs;

    CREATE VIEW tag_table AS SELECT run_id, tag FROM tags;
  `)
}
