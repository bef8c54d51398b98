import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'
import type { ArrayInfo, EpochMetrics, RunSummary } from '../../../../src-main/contract/run.ts'
import type { Library } from '../../../../src-main/library/library.ts'
import { type ArchivedArray, type ArchivedRun, type Caps, readArchive } from '../../../../src-main/transfer/archive/archive.ts'
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts'

export { temporaryFolder }

export const RUN_ID = '0run00001'
const ledger = { set: 10, reset: 2, refresh: 1, read: 400 }

export const epoch = (some: Partial<EpochMetrics> = {}): EpochMetrics =>
  ({
    epoch: 1, loss: 0.5, patternLosses: [0.5], metrics: {},
    meanRateHz: 12, silent: 0, zeroSurrogate: 0.5, alwaysFiring: 0, ledger,
    saturated: 0, ...some,
  })

export const array = (some: Partial<ArchivedArray> = {}): ArchivedArray =>
  ({ epoch: 1, kind: 'weights', name: 'input', shape: [2, 2], data: Float32Array.of(1, NaN, -0, Infinity), ...some })

const summary: RunSummary = {
  runId: RUN_ID, status: 'done', shelf: 'library', name: '', preset: '', task: 'sinusoids', scheme: 'fp32', seed: 42, epochs: 250, epochsDone: 1,
  sequences: 750, checkpoint: null, loss: 0.5, lossLast20: 0.5, metrics: {}, meanRateHz: 12, outcome: null, reasons: [], secondsComputed: 59, ledger, secondsPerSequence: 0.01, digest: 'ab',
  createdAt: '2026-03-01T12:00:00.000Z', startedAt: '2026-03-01T12:00:01.000Z', endedAt: null, error: null, sweep: null,
}

export type ReadableRun = Extract<ArchivedRun, { spec: unknown }>

/** A run with one epoch and one array, and any changes. */
export const run = (some: Partial<RunSummary> = {}, parts: Partial<ReadableRun> = {}): ReadableRun => ({
  summary: { ...summary, ...some },
  spec: specSchema.parse({ name: some.name, seed: some.seed }),
  environment: {
    application: '0.1.0', node: '24.0.0', electron: null, v8: '13.6', sqlite: '3.54.1',
    os: 'Linux', cpu: 'a processor', cores: 2, engineDigest: 'ab',
  },
  epochs: [epoch()],
  arrays: [array()],
  ...parts,
})

export const bytesOf = ({ data }: ArchivedArray) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
export const codecOf = ({ data }: ArchivedArray) =>
  (data instanceof Float32Array ? 'f32' : data instanceof Uint16Array ? 'u16' : 'u32')

function infoOf(kept: ArchivedArray): ArrayInfo {
  const { data, ...about } = kept
  return { ...about, codec: codecOf(kept), bytes: data.byteLength, storedBytes: data.byteLength, sha256: sha256(bytesOf(kept)) }
}

/** The part of a library that writing an archive needs, in memory. */
export function memoryLibrary(runs: readonly ArchivedRun[]): Pick<Library, 'overview' | 'epochs' | 'array'> {
  const find = (runId: string) => {
    const found = runs.find((kept) => kept.summary.runId === runId)
    if (!found) throw new Error(`no run ${runId}`)
    return found
  }
  return {
    async overview(runId) {
      const run = find(runId)
      const arrays = run.arrays.map(infoOf)
      if ('texts' in run) return { summary: run.summary, texts: run.texts, arrays }
      return { summary: run.summary, spec: run.spec, environment: run.environment, arrays }
    },
    async* epochs(runId) {
      for (const one of find(runId).epochs) yield [one]
    },
    array: async (runId, epoch, kind, name) => {
      const kept = find(runId).arrays.find((one) => one.epoch === epoch && one.kind === kind && one.name === name)
      if (!kept) throw new Error(`no array ${name}`)
      return { info: infoOf(kept), data: kept.data }
    },
  }
}

export async function readAll(file: string, caps?: Partial<Caps>): Promise<ArchivedRun[]> {
  const runs: ArchivedRun[] = []
  for await (const one of readArchive(file, caps)) runs.push(one)
  return runs
}

export function temporaryFile(content: Uint8Array): string {
  const file = join(temporaryFolder(), 'some.chalcogen-runs.zip')
  writeFileSync(file, content)
  return file
}
