import Database from 'better-sqlite3'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import type { Environment, EpochMetrics } from '../../../src-main/contract/run.ts'
import { Arrays } from '../../../src-main/library/arrays.ts'
import { Checkpoints } from '../../../src-main/library/checkpoints.ts'
import { pack } from '../../../src-main/library/codec.ts'
import { Epochs } from '../../../src-main/library/epochs.ts'
import { migrate } from '../../../src-main/library/migrations/migrate.ts'
import type { PackedArray, PackedPart } from '../../../src-main/library/protocol.ts'
import { Runs } from '../../../src-main/library/runs.ts'

export const environment: Environment = {
  application: '0.1.0', node: '24.0.0', electron: null, v8: '13.6', sqlite: '3.54.1',
  os: 'Linux 6.1 x64', cpu: 'a processor', cores: 2, engineDigest: 'ab'.repeat(32),
}

/** An empty library in memory. */
export function memoryLibrary(): Database.Database {
  const db = new Database(':memory:')
  migrate(db)
  db.pragma('foreign_keys = ON')
  return db
}

/** Adds queued runs. */
export function addRuns(db: Database.Database, ...runIds: string[]): void {
  const run = { spec: specSchema.parse({}), environment, createdAt: '2026-03-01T12:00:00.000Z', sequences: 750, sweep: null }
  new Runs(db).create(runIds.map((runId) => ({ ...run, runId })))
}

export const metricsOf = (epoch: number): EpochMetrics => ({
  epoch, loss: 0.5, patternLosses: [0.25, 0.75], metrics: {}, meanRateHz: 12.5, ledger: { set: 1, reset: 2, refresh: 3, read: 4 },
  silent: 0.25, zeroSurrogate: 0.5, alwaysFiring: 0.03125, saturated: 0.125,
})

export const arrayOf = (name: string, ...values: number[]): PackedArray =>
  ({ kind: 'weight', name, shape: [values.length], ...pack(Float32Array.from(values)) }) as PackedArray

export const partOf = (name: string, ...values: number[]): PackedPart =>
  ({ name, length: values.length, ...pack(Float64Array.from(values)) })

/** Adds a run with two epochs, an array and a checkpoint of two parts. */
export function addFullRun(db: Database.Database, runId: string): void {
  addRuns(db, runId)
  new Epochs(db).append(runId, [metricsOf(1), metricsOf(2)])
  new Arrays(db).put(runId, 2, [arrayOf('input', 1, 2, 3)])
  new Checkpoints(db).put(runId, 4, [partOf('a', 1), partOf('b', 2, 3)])
}
