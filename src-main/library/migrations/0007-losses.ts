import type { Database } from 'better-sqlite3'
import { recreateRuns } from './recreate-runs.ts'

/**
 * Calls the loss by its name, since a task says which loss it minimises. Puts the losses of the patterns, which were packed in a blob,
 * into a table, and makes room for metrics besides the loss. Adds views with units for other programs.
 *
 * The kind of the task is NULL where the spec does not tell: such a run must not keep a library from being upgraded or changed.
 */
export function nameLosses(db: Database): void {
  db.exec(`
    ALTER TABLE runs RENAME COLUMN mse TO loss;
    ALTER TABLE runs RENAME COLUMN mse_last_20 TO loss_last_20;
    ALTER TABLE epochs RENAME COLUMN mse TO loss;

    DROP INDEX runs_listed;
  `)
  addTask(db)
  db.exec(`
    -- As before, with the new columns that a list shows.
    CREATE INDEX runs_listed ON runs (
      created_at, run_id, status, shelf, name, preset, scheme, seed, epochs, sequences, seconds_per_sequence, digest, started_at, ended_at,
      error_code, error_message, epochs_done, loss, loss_last_20, mean_rate_hz, set_pulses, reset_pulses, refreshes, read_pulses,
      sweep_id, arm, outcome, reasons, computed_seconds, task
    );

    CREATE TABLE pattern_losses (
      run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
      epoch INTEGER NOT NULL,
      pattern INTEGER NOT NULL, -- from 0, in the order of the task
      loss ANY CHECK (typeof(loss) IN ('real', 'null')), -- NULL stands for NaN
      PRIMARY KEY (run_id, epoch, pattern)
    ) STRICT, WITHOUT ROWID;

    -- Metrics of the task besides the loss.
    CREATE TABLE epoch_metrics (
      run_id TEXT NOT NULL REFERENCES runs ON DELETE CASCADE,
      epoch INTEGER NOT NULL,
      metric TEXT NOT NULL,
      value ANY CHECK (typeof(value) IN ('real', 'null')), -- NULL stands for NaN
      PRIMARY KEY (run_id, epoch, metric)
    ) STRICT, WITHOUT ROWID;
  `)
  unpackPatternLosses(db)
  db.exec(`
    ALTER TABLE epochs DROP COLUMN pattern_mse;

    CREATE VIEW run_table AS SELECT
      run_id, status, outcome, shelf, name, preset, task, scheme, seed, epochs, epochs_done, loss, loss_last_20, mean_rate_hz,
      set_pulses, reset_pulses, refreshes AS refreshed_pairs, read_pulses, sequences, seconds_per_sequence AS time_per_sequence_s,
      computed_seconds AS time_computed_s, created_at AS created_at_utc, started_at AS started_at_utc, ended_at AS ended_at_utc,
      error_code, error_message, sweep_id, arm AS arm_from_0, digest
    FROM runs;

    CREATE VIEW epoch_table AS SELECT
      run_id, epoch, loss, mean_rate_hz, silent AS silent_fraction, zero_surrogate AS zero_surrogate_fraction,
      always_firing AS always_firing_fraction, saturated AS saturated_fraction, set_pulses, reset_pulses, refreshes AS refreshed_pairs,
      read_pulses
    FROM epochs;

    CREATE VIEW pattern_table AS SELECT run_id, epoch, pattern AS pattern_from_0, loss FROM pattern_losses;

    CREATE VIEW metric_table AS SELECT run_id, epoch, metric, value FROM epoch_metrics;
  `)
}

/** A stored column for the kind of the task. A list would read a virtual one from the spec instead of the index. */
function addTask(db: Database): void {
  const kind = `spec ->> '$.task.kind'`
  const task = `task TEXT AS (CASE WHEN json_valid(spec) THEN CASE typeof(${kind}) WHEN 'text' THEN ${kind} END END) STORED,`
  recreateRuns(db, (sql) => sql.replace('scheme TEXT', () => `${task}\n      scheme TEXT`))
}

/** SQLite has no function for the numbers in a blob, so a table-valued one is lent to it. */
function unpackPatternLosses(db: Database): void {
  db.table('reals_in', {
    columns: ['place', 'value'],
    parameters: ['bytes'],
    *rows(bytes: unknown) {
      const { buffer, length } = new Uint8Array(bytes as Uint8Array)
      const reals = new Float64Array(buffer, 0, Math.floor(length / Float64Array.BYTES_PER_ELEMENT))
      for (let place = 0; place < reals.length; place++) yield [place, reals[place]]
    },
  })
  db.exec(`
    INSERT INTO pattern_losses (run_id, epoch, pattern, loss)
    SELECT run_id, epoch, place, value FROM epochs, reals_in(pattern_mse)
  `)
}
