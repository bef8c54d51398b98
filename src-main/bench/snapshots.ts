import path from 'node:path'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { EpochEvent, NamedArray, TrainingEvent } from '../../src-engine/training/events.ts'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'
import type { Environment, EpochMetrics } from '../contract/run.ts'
import { type Library, newRunId, openLibrary, pack, type PackedArray } from '../library/library.ts'
import { MOST_PENDING } from '../runs/engine-link.ts'
import { forSequences } from './cases.ts'
import type { LibraryRates } from './report.ts'
import { secondsOf } from './rounds.ts'
import { spreadOf } from './spread.ts'

export interface LibraryRepetitions {
  runs: number
  /** Snapshots and epochs per run. */
  snapshots: number
  epochs: number
}

export interface LibraryBench {
  dir: string
  worker: string | URL
  nativeBinding?: string
  kernels: WebAssembly.Module
  environment: Environment
}

/** Rates of writing the data of a real run repeatedly to a new library. */
export async function libraryRates(spec: Spec, repeated: LibraryRepetitions, around: LibraryBench): Promise<LibraryRates> {
  const { arrays, metrics } = firstEpoch(forSequences(spec, 3), around.kernels)
  const { dir, worker, nativeBinding } = around
  const library = await openLibrary({ file: path.join(dir, 'snapshots.chalcogen'), worker, nativeBinding })
  try {
    const runId = await newRun(library, spec, around.environment)
    const bytesPerSnapshot = arrays.reduce((sum, { data }) => sum + data.byteLength, 0)
    const { runs, snapshots, epochs } = repeated
    // The same work as in a run: an engine worker packs the arrays, then the library writes them.
    const putSnapshot = (epoch: number) => library.putArrays(runId, epoch, arrays.map(packed))
    const appendEpoch = (epoch: number) => library.appendEpochs(runId, [{ ...metrics, epoch }])
    const snapshotsPerSecond = await writesPerSecond(runs, snapshots, MOST_PENDING.snapshot, putSnapshot)
    const epochsPerSecond = await writesPerSecond(runs, epochs, MOST_PENDING.epoch, appendEpoch)
    return {
      bytesPerSnapshot,
      snapshotsPerSecond: spreadOf(snapshotsPerSecond),
      megabytesPerSecond: spreadOf(snapshotsPerSecond.map((rate) => (rate * bytesPerSnapshot) / 1e6)),
      epochsPerSecond: spreadOf(epochsPerSecond),
    }
  } finally {
    await library.close()
  }
}

function firstEpoch(spec: Spec, kernels: WebAssembly.Module): { arrays: NamedArray[]; metrics: EpochMetrics } {
  const trainer = new Trainer(spec, kernelsFor(spec, kernels))
  const events: TrainingEvent[] = []
  while (!events.some(({ kind }) => kind === 'snapshot')) events.push(...trainer.step())
  const { arrays } = events.find((event) => event.kind === 'snapshot')!
  return { arrays, metrics: metricsOf(events.find(isEpoch)!) }
}

const isEpoch = (event: TrainingEvent) => event.kind === 'epoch'

const metricsOf = (
  { epoch, loss, patternLosses, metrics, meanRateHz, silent, zeroSurrogate, alwaysFiring, ledger, saturated }: EpochEvent,
): EpochMetrics => (
  { epoch, loss, patternLosses, metrics, meanRateHz, silent, zeroSurrogate, alwaysFiring, ledger, saturated }
)

const packed = ({ data, ...array }: NamedArray) => ({ ...array, ...pack(data) }) as PackedArray

async function newRun(library: Library, spec: Spec, environment: Environment): Promise<string> {
  const runId = newRunId()
  await library.createRuns([{ runId, spec, environment, createdAt: new Date().toISOString(), sequences: 0, sweep: null }])
  return runId
}

/** Rate of each of `runs` batches, in writes per second. Every write has its own epoch. */
async function writesPerSecond(
  runs: number, perRun: number, pending: number, write: (epoch: number) => Promise<void>,
): Promise<number[]> {
  const rates: number[] = []
  let epoch = 0
  const writeSome = async (last: number) => { while (epoch < last) await write(++epoch) }
  const writeAll = (last: number) => Promise.all(Array.from({ length: pending }, () => writeSome(last)))
  await writeAll(pending)
  for (let k = 0; k < runs; k++) rates.push(perRun / await secondsOf(() => writeAll(epoch + perRun)))
  return rates
}
