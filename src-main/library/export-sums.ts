import type { Database } from 'better-sqlite3'
import * as z from 'zod'
import type { ExportSums } from '../contract/export-formats.ts'
import { runIdSchema } from '../contract/run.ts'
import { read } from './operation.ts'

/** Elements of an array, from its shape, which has at most eight axes. */
const ELEMENTS = Array.from({ length: 8 }, (_, axis) => `coalesce(whole ->> ${axis}, 1)`).join(' * ')

/** Of a sample in JSON: digits, sign, point and comma. */
const BYTES_PER_SAMPLE = 18

/** One row. Reads no array: the length of a blob is in the head of its row. */
const QUERY = `
  WITH chosen AS MATERIALIZED (SELECT DISTINCT value AS run_id FROM json_each(?)),
  sizes AS MATERIALIZED (
    SELECT
      length(data) AS stored, codec, (whole ->> 0) * (whole ->> 1) AS weights, 4 * ${ELEMENTS} AS bytes,
      kind IN ('weight', 'conductance') AND epoch = (SELECT max(epoch) FROM arrays AS last WHERE last.run_id = arrays.run_id) AS is_network
    -- A damaged shape has no elements.
    FROM chosen CROSS JOIN (SELECT *, iif(json_valid(shape), shape, '[0]') AS whole FROM arrays) AS arrays USING (run_id)
  )
  SELECT * FROM (
    SELECT count(*) AS runs, total(epochs_done) AS epochs, total(epochs_done * (sequences / max(1, epochs))) AS patterns, 
      total(octet_length(spec) + ${BYTES_PER_SAMPLE} * coalesce((SELECT count FROM samples WHERE samples.sha256 = runs.samples), 0)) AS specBytes
    FROM chosen CROSS JOIN runs USING (run_id)
  ), (
    SELECT
      count(*) AS arrays, total(bytes) FILTER (WHERE codec = 'f32') AS realBytes,
      total(stored) FILTER (WHERE codec = 'f32') AS storedRealBytes, total(stored) FILTER (WHERE codec <> 'f32') AS storedCountBytes,
      total(weights) FILTER (WHERE is_network) AS weights
    FROM sizes
  )
`

export const exportSumsOf = (db: Database, runIds: readonly string[]): ExportSums =>
  db.prepare<[string], ExportSums>(QUERY).get(JSON.stringify(runIds))!

export const exportSumOperations = {
  /** What the size of an export of runs follows from. Runs that do not exist are left out. */
  exportSums: read([z.array(runIdSchema)], ({ db }, runIds) => exportSumsOf(db, runIds)),
}
