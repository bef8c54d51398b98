import { Worker } from 'node:worker_threads'
import { pairsOf } from '../../src-engine/experiment/scheme.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import { programFile } from '../threads/program-files.ts'
import type { Repetitions } from './cases.ts'
import { type BenchScheme, benchSchemes, type Growth, type SequenceTimes } from './report.ts'
import { spreadOf } from './spread.ts'
import type { Timed, TimingTask } from './timing.ts'

/**
 * Times a training in a new worker, as for a real run. In a shared thread, earlier trainings of other schemes would make V8's compiled
 * code more general and slower.
 * @throws Error if the worker exits without a result
 */
export function timedInWorker(spec: Spec, repeated: Repetitions, kernels: WebAssembly.Module): Promise<Timed> {
  const workerData: TimingTask = { spec, repeated, kernels }
  const worker = new Worker(programFile('bench/timing.worker'), { workerData, name: 'bench' })
  return new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`The worker of the bench exited with code ${code} and no result`)))
  })
}

export async function sequenceTimes(
  scheme: BenchScheme, spec: Spec, repeated: Repetitions, kernels: WebAssembly.Module,
): Promise<SequenceTimes> {
  const { seconds, meanRateHz, readsPerSequence } = await timedInWorker(spec, repeated, kernels)
  return {
    scheme,
    recurrentNeurons: spec.network.recurrentNeurons,
    pairs: pairsOf(spec.scheme),
    warmup: repeated.warmup,
    secondsPerSequence: spreadOf(seconds),
    meanRateHz,
    readsPerSequence,
  }
}

/** Growth of every scheme that was timed at more than one size. */
export function growthOf(times: SequenceTimes[]): Growth[] {
  return benchSchemes.flatMap((benched) => {
    const sizes = times.filter(({ scheme }) => scheme === benched)
    const sorted = sizes.toSorted((a, b) => a.recurrentNeurons - b.recurrentNeurons)
    return sorted.length > 1 ? [growthBetween(sorted[0]!, sorted[sorted.length - 1]!)] : []
  })
}

function growthBetween(small: SequenceTimes, large: SequenceTimes): Growth {
  const times = large.secondsPerSequence.median / small.secondsPerSequence.median
  const { scheme, recurrentNeurons: from } = small
  const to = large.recurrentNeurons
  return { scheme, from, to, times, timesQuadratic: times / ((to / from) * (to / from)) }
}
