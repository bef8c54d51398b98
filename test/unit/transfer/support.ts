import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { specSchema } from '../../../src-engine/spec/spec.ts'
import type { EpochMetrics, RunDetail, RunSummary } from '../../../src-main/contract/run.ts'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chalcogen-transfer-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const ledger = { set: 10, reset: 2, refresh: 1, read: 400 }

export const epoch = (some: Partial<EpochMetrics> = {}): EpochMetrics =>
  ({ epoch: 1, mse: 0.5, patternMse: [0.5], meanRateHz: 12, silent: 0, ledger, saturated: 0, ...some })

export function run(some: Partial<RunSummary> = {}, epochs: EpochMetrics[] = [epoch()]): RunDetail {
  const spec = specSchema.parse({ name: some.name, seed: some.seed })
  return {
    summary: {
      runId: '0run00001', status: 'done', shelf: 'library', checkpoint: null, name: '', preset: '', scheme: 'fp32', seed: 42, epochs: 250, epochsDone: 1,
      sequences: 750, mse: 0.5, mseLast20: 0.5, meanRateHz: 12, outcome: null, reasons: [], secondsComputed: 59, ledger, secondsPerSequence: 0.01, digest: 'ab',
      createdAt: '2026-03-01T12:00:00.000Z', startedAt: null, endedAt: null, error: null, sweep: null, ...some,
    },
    spec,
    environment: {
      application: '0.1.0', node: '24.0.0', electron: null, v8: '13.6', sqlite: '3.54.1',
      os: 'Linux', cpu: 'a processor', cores: 2, engineDigest: 'ab',
    },
    epochs,
    arrays: [],
  }
}
