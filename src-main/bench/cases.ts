import { parseSpec } from '../../src-engine/experiment/parse.ts'
import type { Spec, SpecInput } from '../../src-engine/experiment/spec.ts'
import type { BenchScheme } from './report.ts'

/** Numbers of sequences of a scheme, in whole epochs of three. */
export interface Repetitions {
  /** Sequences before firing is typical: FP32 starts with high rates, and devices start silent. */
  warmup: number
  /** Timed sequences. */
  timed: number
}

export const repetitions: Record<BenchScheme, Repetitions> = {
  'fp32': { warmup: 30, timed: 60 },
  'mixed-precision': { warmup: 27, timed: 9 },
  'multi-memristor': { warmup: 3, timed: 6 },
}

/** Specs of the bench by scheme, before they are scaled to a size. */
export type BenchSpecs = Record<BenchScheme, Spec>

const onDevices: SpecInput = {
  network: { threshold: 0.77, feedbackGain: 0.305 },
  learning: { rateInput: 1.7e-3, rateRecurrent: 1.5e-4, rateOutput: 2.1e-5, regularisation: 4.4e-4 },
  device: { initialConductance: 0.305, scale: 55 },
}

/**
 * Fixed settings instead of presets. The time of a sequence depends on its spikes, so every version must time the same networks.
 * All fire well below 100 Hz after the warm-up.
 */
const documents: Record<BenchScheme, SpecInput> = {
  'fp32': {
    scheme: { kind: 'fp32' },
    network: { threshold: 0.17, weightGain: 0.2, feedbackGain: 0.51 },
    learning: { rateInput: 2.4e-5, rateRecurrent: 4.3e-4, rateOutput: 3e-5, regularisation: 4.4e-4 },
  },
  'mixed-precision': { ...onDevices, scheme: { kind: 'mixed-precision' } },
  'multi-memristor': {
    ...onDevices,
    scheme: { kind: 'multi-memristor' },
    learning: { ...onDevices.learning, rateRecurrent: 3e-4, rateOutput: 6e-5 },
  },
}

export const benchSpecs = (): BenchSpecs => Object.fromEntries(
  Object.entries(documents).map(([scheme, document]) => [scheme, parseSpec(document, `The bench of ${scheme}`)]),
) as BenchSpecs

const withLearning = (spec: Spec, learning: Partial<Spec['learning']>): Spec =>
  ({ ...spec, learning: { ...spec.learning, ...learning } })

/**
 * Scales an experiment to another number n of recurrent neurons that fire at about the same rate, because the time of a sequence
 * depends on its spikes. The input of a neuron from n others grows with n, so the recurrent and readout learning rates are divided
 * by the ratio of sizes. The gain of the digital initial weights is divided by the square root of that ratio.
 * @throws BadInput if the engine does not support the size
 */
export function atSize(spec: Spec, recurrentNeurons: number): Spec {
  const times = recurrentNeurons / spec.network.recurrentNeurons
  const { weightGain } = spec.network
  const { rateRecurrent, rateOutput } = spec.learning
  const sized = withLearning(spec, { rateRecurrent: rateRecurrent / times, rateOutput: rateOutput / times })
  const network = { ...spec.network, recurrentNeurons, weightGain: weightGain / Math.sqrt(times) }
  return parseSpec({ ...sized, network }, `The bench of ${spec.scheme.kind} with ${recurrentNeurons} neurons`)
}

/** Extends an experiment to more than `sequences` sequences, with a snapshot only after the first epoch within them. */
export function forSequences(spec: Spec, sequences: number): Spec {
  const epochs = Math.ceil(sequences / spec.task.patterns) + 1
  return { ...spec, training: { ...spec.training, epochs }, recording: { ...spec.recording, snapshotEvery: 0 } }
}
