import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { specSchema } from '../../../src-engine/experiment/spec.ts'
import type { EpochMetrics, RunDetail, RunSummary } from '../../../src-main/contract/run.ts'
import { openCsv } from '../../../src-main/transfer/datasets/csv.ts'
import { type DatasetSource, writeDataset } from '../../../src-main/transfer/datasets/dataset.ts'
import type { ArmsOfSweeps } from '../../../src-main/transfer/datasets/rows.ts'
import { runsToJson as jsonPieces } from '../../../src-main/transfer/run-json.ts'

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chalcogen-transfer-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const ledger = { set: 10, reset: 2, refresh: 1, read: 400 }

export const epoch = (some: Partial<EpochMetrics> = {}): EpochMetrics =>
  ({
    epoch: 1, loss: 0.5, patternLosses: [0.5], metrics: {},
    meanRateHz: 12, silent: 0, zeroSurrogate: 0.5, alwaysFiring: 0, ledger,
    saturated: 0, ...some,
  })

export function run(some: Partial<RunSummary> = {}, epochs: EpochMetrics[] = [epoch()]): RunDetail {
  const spec = specSchema.parse({ name: some.name, seed: some.seed })
  return {
    summary: {
      runId: '0run00001', status: 'done', shelf: 'library', checkpoint: null, name: '', preset: '', task: 'sinusoids', scheme: 'fp32', seed: 42, epochs: 250, epochsDone: 1,
      sequences: 750, loss: 0.5, lossLast20: 0.5, metrics: {}, meanRateHz: 12, outcome: null, reasons: [], secondsComputed: 59, ledger, secondsPerSequence: 0.01, digest: 'ab',
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

/** Runs in memory, each under its place instead of its id. The epochs come two at a time. */
function sourceOf(runs: readonly RunDetail[], arms: ArmsOfSweeps = new Map()): DatasetSource {
  return {
    async overview(runId) {
      const { summary, spec, environment, arrays } = runs[Number(runId)]!
      return { summary, spec, environment, arrays }
    },
    async* epochs(runId) {
      const { epochs } = runs.find(({ summary }, place) => summary.runId === runId || String(place) === runId)!
      for (let from = 0; from < epochs.length; from += 2) yield epochs.slice(from, from + 2)
    },
    array: async () => { throw new Error('these runs have no arrays') },
    armsOf: async (sweepId) => arms.get(sweepId) ?? [],
  }
}

async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}

export const runsToJson = (runs: readonly RunDetail[]): Promise<string> =>
  joined(jsonPieces(sourceOf(runs), runs.map((_, place) => String(place))))

/** Text of one CSV table of an export. */
async function tableOf(name: string, runs: readonly RunDetail[], arms?: ArmsOfSweeps): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'chalcogen-transfer-'))
  try {
    const options = { dir, stem: 'export', about: { application: '0.1.0' }, onRun() {} }
    await writeDataset(sourceOf(runs, arms), runs.map((_, place) => String(place)), openCsv, options)
    return readFileSync(join(dir, `export.${name}.csv`), 'utf8')
  } finally {
    rmSync(dir, { recursive: true })
  }
}

export const runsToCsv = (runs: readonly RunDetail[], arms?: ArmsOfSweeps): Promise<string> => tableOf('runs', runs, arms)
export const epochsToCsv = (runs: readonly RunDetail[], arms?: ArmsOfSweeps): Promise<string> => tableOf('epochs', runs, arms)
export const patternsToCsv = (runs: readonly RunDetail[], arms?: ArmsOfSweeps): Promise<string> => tableOf('patterns', runs, arms)
