import type { Database } from 'better-sqlite3'
import { pack } from '../codec.ts'

/**
 * Keeps equal samples of signals once. Each run of a sweep had all of them in its spec, as text. Adds to the table of runs whether a run
 * came from outside and was not verified yet.
 */
export function keepSamplesOnce(db: Database): void {
  db.exec(`
    CREATE TABLE samples (
      sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64), -- of the numbers
      count INTEGER NOT NULL,
      packing TEXT NOT NULL CHECK (packing IN ('raw', 'shuffle-deflate')),
      data BLOB NOT NULL -- float64, little-endian
    ) STRICT;

    ALTER TABLE runs ADD COLUMN samples TEXT REFERENCES samples;
    ALTER TABLE sweeps ADD COLUMN samples TEXT REFERENCES samples;
    ALTER TABLE presets ADD COLUMN samples TEXT REFERENCES samples;
    CREATE INDEX runs_of_samples ON runs (samples) WHERE samples IS NOT NULL;

    DROP VIEW run_table;
    CREATE VIEW run_table AS SELECT
      run_id, status, outcome, shelf, coalesce((SELECT annotations.name FROM annotations WHERE annotations.run_id = runs.run_id), name) AS name,
      preset, task, scheme, seed, epochs, epochs_done, loss, loss_last_20, mean_rate_hz,
      set_pulses, reset_pulses, refreshes AS refreshed_pairs, read_pulses, sequences, seconds_per_sequence AS time_per_sequence_s,
      computed_seconds AS time_computed_s, created_at AS created_at_utc, started_at AS started_at_utc, ended_at AS ended_at_utc,
      error_code, error_message, sweep_id, arm AS arm_from_0, digest,
      EXISTS (SELECT 1 FROM annotations WHERE annotations.run_id = runs.run_id AND starred) AS starred,
      (SELECT coalesce(group_concat(tag, ', '), '') FROM tags WHERE tags.run_id = runs.run_id) AS tags,
      coalesce((SELECT note FROM annotations WHERE annotations.run_id = runs.run_id), '') AS note,
      EXISTS (SELECT 1 FROM unverified WHERE unverified.run_id = runs.run_id) AS unverified
    FROM runs;
  `)
  for (const [table, column, path] of documents) move(db, table, column, path)
}

const documents = [
  ['runs', 'spec', '$.task.samples'], ['sweeps', 'document', '$.spec.task.samples'], ['presets', 'spec', '$.task.samples'],
] as const

const MOST = 1_000_000

/** All else in a text stays as it is, also if it cannot be read. */
function move(db: Database, table: string, column: string, path: string): void {
  const rowids = db.prepare<[], number>(`
    SELECT rowid FROM ${table} WHERE CASE WHEN json_valid(${column}) THEN json_type(${column}, '${path}') = 'array' END
  `).pluck().all()
  const read = db.prepare<[number], string>(`SELECT ${column} -> '${path}' FROM ${table} WHERE rowid = ?`).pluck()
  const put = db.prepare('INSERT INTO samples (sha256, count, packing, data) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const replace = db.prepare(`UPDATE ${table} SET ${column} = json_set(${column}, '${path}', json(?)), samples = ? WHERE rowid = ?`)
  for (const rowid of rowids) {
    const numbers = JSON.parse(read.get(rowid)!) as unknown[]
    if (numbers.length < 2 || numbers.length > MOST || !numbers.every(Number.isFinite)) continue
    // +0 for −0, which JSON had as 0.
    const values = Float64Array.from(numbers as number[], (value) => value + 0)
    const { sha256, packing, data } = pack(values)
    put.run(sha256, values.length, packing, data)
    replace.run(JSON.stringify({ count: values.length, sha256 }), sha256, rowid)
  }
}
