import { meanOf } from '../../src-engine/statistics/samples.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { TrainingEvent } from '../../src-engine/training/events.ts'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'
import { forSequences, type Repetitions } from './cases.ts'

/** Task of a timing worker. */
export interface TimingTask {
  spec: Spec
  repeated: Repetitions
  kernels: WebAssembly.Module
}

/** Result of one timed training. */
export interface Timed {
  /** Duration of each timed sequence, s. */
  seconds: number[]
  meanRateHz: number
  readsPerSequence: number
}

/** Trains in this thread and times the sequences after the warm-up. Both must be whole epochs, because READs are counted per epoch. */
export function timeSequences(spec: Spec, { warmup, timed }: Repetitions, kernels: WebAssembly.Module): Timed {
  const longEnough = forSequences(spec, warmup + timed)
  const trainer = new Trainer(longEnough, kernelsFor(longEnough, kernels))
  let reads = 0
  for (let k = 0; k < warmup; k++) reads = readsIn(trainer.step()) ?? reads
  const before = reads
  const seconds: number[] = []
  const rates: number[] = []
  for (let k = 0; k < timed; k++) {
    const begin = performance.now()
    const events = trainer.step()
    seconds.push((performance.now() - begin) / 1000)
    for (const event of events) if (event.kind === 'sequence') rates.push(event.meanRateHz)
    reads = readsIn(events) ?? reads
  }
  return { seconds, meanRateHz: meanOf(rates), readsPerSequence: (reads - before) / timed }
}

/** READs since the start; undefined if no epoch has ended. */
const readsIn = (events: TrainingEvent[]) => events.find((event) => event.kind === 'epoch')?.ledger.read
