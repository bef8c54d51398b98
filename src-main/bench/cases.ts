import { parseSpec } from '../../src-engine/spec/parse.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { BenchScheme } from './report.ts'

/** How often a scheme's sequence is timed; whole epochs of three. */
export interface Repetitions {
  /** Until firing is typical: FP32 starts too loud, devices start silent. */
  warmup: number
  timed: number
}

export const repetitions: Record<BenchScheme, Repetitions> = {
  'fp32': { warmup: 30, timed: 60 },
  'mixed-precision': { warmup: 27, timed: 9 },
  'multi-memristor': { warmup: 3, timed: 6 },
}

/** The specs of one bench by scheme, at any size. */
export type BenchSpecs = Record<BenchScheme, Spec>

/**
 * A preset's settings as they are benched. The multi-memristor preset was never searched and fires all neurons at once,
 * above 100 Hz: with the input rate of mixed precision it stays below.
 */
export const benchSpecs = (presets: BenchSpecs): BenchSpecs => ({
  ...presets,
  'multi-memristor': withLearning(presets['multi-memristor'], { rateInput: presets['mixed-precision'].learning.rateInput }),
})

const withLearning = (spec: Spec, learning: Partial<Spec['learning']>): Spec =>
  ({ ...spec, learning: { ...spec.learning, ...learning } })

/**
 * The experiment with another number of recurrent neurons that fire about as often. Time goes with spikes, so larger
 * networks must not run away: what a neuron gets from n others grows with n, hence recurrent and readout learning rates
 * shrink with n and digital weights, which also start with a draw of their own for each of n, with √n more.
 * @throws BadInput where the engine does not take that size.
 */
export function atSize(spec: Spec, recurrentNeurons: number): Spec {
  const times = recurrentNeurons / spec.network.recurrentNeurons
  const { weightGain } = spec.network
  const { rateRecurrent, rateOutput } = spec.learning
  const sized = withLearning(spec, { rateRecurrent: rateRecurrent / times, rateOutput: rateOutput / times })
  const network = { ...spec.network, recurrentNeurons, weightGain: weightGain / Math.sqrt(times) }
  return parseSpec({ ...sized, network }, `The bench of ${spec.scheme.kind} with ${recurrentNeurons} neurons`)
}

/** For so many sequences and no snapshot after the first epoch's: the end lies beyond. */
export function lasting(spec: Spec, sequences: number): Spec {
  const epochs = Math.ceil(sequences / spec.task.patterns) + 1
  return { ...spec, training: { ...spec.training, epochs }, recording: { ...spec.recording, snapshotEvery: 0 } }
}
