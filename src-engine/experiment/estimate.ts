import { synapseCount } from './layers.ts'
import { recordingBytes, tracesBytes } from './recording.ts'
import { pairsOf } from './scheme.ts'
import { snapshotCount } from './snapshots.ts'
import { type Spec, sumsReads } from './spec.ts'
import { areKept, importedCount, importedNumbers, outputsOf } from './task.ts'

/** Number of sequences in the whole experiment. */
export const sequencesOf = ({ training, task }: Pick<Spec, 'training' | 'task'>): number => training.epochs * task.patterns

/** Upper estimate of the bytes that the engine allocates for a run: weights and devices, traces, and records of one sequence. */
export function memoryEstimate(spec: Spec): number {
  const { task, network, scheme, device, learning, training } = spec
  const number = training.arithmetic === 'float64' ? 8 : 4
  const neurons = network.recurrentNeurons
  const widest = Math.max(task.inputChannels, neurons)
  const outputs = outputsOf(task)
  const synapses = synapseCount({ task, network })
  const devices = 2 * synapses * pairsOf(scheme)
  const running = learning.gradientForm === 'running' ? neurons * widest + task.steps * widest : 0
  // Per step: membrane, ψ and learning signal; spikes of neurons and channels; the target.
  const step = 3 * neurons * number + 2 * (neurons + task.inputChannels) + 8 * outputs
  // Per synapse: gradient, its sum, a weight and its column or the wanted change, an accumulator or counters.
  const synapse = 4 * number + 16
  // Per synapse, if READs are summed: mean and variance with their changes.
  const moments = devices > 0 && sumsReads(device) ? 4 * number : 0
  // Per device: conductance and pulse memory, both also in columns, the time of programming and four counts.
  const perDevice = 4 * number + 8 + 16
  const frozenInput = 2 * task.patterns * task.steps * task.inputChannels
  // Columns are padded to eight neurons.
  const padding = 8 * (8 + moments) * widest * (1 + devices / synapses)
  const weights = synapses * (synapse + moments) + devices * perDevice
  const imported = IMPORTED_NUMBER * importedCount(task)
  return task.steps * step + weights + running * number + frozenInput + padding + imported + tracesBytes(spec) + 2 ** 20
}

/**
 * Upper estimate of the bytes that a run adds to the library until its end: snapshots, recorded traces and updates, two checkpoints,
 * and one row per epoch.
 * It holds for networks that fire at up to 100 Hz.
 * The compressed sizes of one device, synapse and step are measured (docs/library.md).
 */
export function diskEstimate(spec: Spec): number {
  const { task, network, scheme, training } = spec
  const synapses = synapseCount(spec)
  const outputs = outputsOf(task)
  const devices = 2 * synapses * pairsOf(scheme)
  const records = task.patterns * task.steps * (8 * outputs + network.recurrentNeurons * SPIKES_PER_STEP * BYTES_PER_SPIKE)
  const snapshot = (devices > 0 ? devices * SNAPSHOT.device : synapses * SNAPSHOT.synapse) + records + ROWS_OF_A_SNAPSHOT
  const state = devices * CHECKPOINT.device + synapses * CHECKPOINT.synapse + records + tracesBytes(spec)
  const checkpoint = state + 16 * training.epochs
  const epochRow = 90 + PATTERN_ROW * task.patterns
  const rows = training.epochs * epochRow + ROWS_OF_A_RUN
  return Math.ceil(snapshotCount(spec) * snapshot + recordingBytes(spec) + 2 * checkpoint + rows + importedBytes(task))
}

/** Upper estimate of the bytes that numbers from a file add to the library. It keeps equal ones once. */
function importedBytes(task: Spec['task']): number {
  const numbers = importedNumbers(task)
  return numbers === undefined || areKept(numbers) ? 0 : 8 * importedCount(task)
}

/** What several runs add to the library together, bytes. Numbers that they share count once. */
export function diskEstimateOfAll(specs: readonly Spec[]): number {
  const seen = new Set<unknown>()
  return specs.reduce((sum, spec) => {
    const numbers = importedNumbers(spec.task)
    const isShared = numbers !== undefined && seen.has(numbers)
    seen.add(numbers)
    return sum + diskEstimate(spec) - (isShared ? importedBytes(spec.task) : 0)
  }, 0)
}

/**
 * Work of one sequence with its update, in nanoseconds of a machine of 2020. It serves to compare experiments of one kind, not to
 * predict times.
 */
export function workEstimate({ task, network, scheme, learning, training }: Spec): number {
  const { steps, dt, inputChannels } = task
  const neurons = network.recurrentNeurons
  const synapses = synapseCount({ task, network })
  const seconds = (steps * dt) / 1000
  const spikes = seconds * (inputChannels * task.inputRate + neurons * learning.targetRate)
  const reads = 2 * pairsOf(scheme) * neurons * spikes
  const nanoseconds = WORK.synapseStep * steps * synapses + WORK.synapse * synapses + WORK.read * reads
  return nanoseconds * (training.arithmetic === 'float64' ? 10 : 1) * (learning.gradientForm === 'running' ? 10 : 1)
}

/** The spec's own number, the copy that is normalised, and what its worker receives, bytes. */
const IMPORTED_NUMBER = 40
const WORK = { synapseStep: 0.05, synapse: 5, read: 8 }
const SNAPSHOT = { device: 5, synapse: 3.8 }
const CHECKPOINT = { device: 5, synapse: 4.5 }
const ROWS_OF_A_SNAPSHOT = 12_000
const ROWS_OF_A_RUN = 8_000
/** The loss of one pattern in one epoch. */
const PATTERN_ROW = 48
const BYTES_PER_SPIKE = 2.5
/** For a neuron that fires at 40 Hz, with a time step of 1 ms. */
const SPIKES_PER_STEP = 0.04
