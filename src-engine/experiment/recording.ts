import { type LayerName, populationSizes, projectionOf, tracedLayers } from './layers.ts'
import type { Problem } from './problem.ts'
import type { RecordedSynapse, TracesSpec } from './recording-field.ts'
import type { Spec } from './spec.ts'

type Policy = Pick<Spec, 'recording' | 'training'>

/** Whether the traces of an epoch are kept: of the last, and at the interval. A run that ends early also keeps those of its last. */
export const isTraced = (epoch: number, { recording: { traces }, training }: Policy): boolean =>
  traces !== undefined && (epoch === training.epochs || (traces.every > 0 && epoch % traces.every === 0))

/** Number of epochs whose traces are kept. */
export function tracedEpochs({ recording: { traces }, training: { epochs } }: Policy): number {
  if (traces === undefined) return 0
  return traces.every === 0 ? 1 : Math.floor(epochs / traces.every) + (epochs % traces.every === 0 ? 0 : 1)
}

const isTracedLayer = (layer: LayerName) => (tracedLayers as readonly LayerName[]).includes(layer)

/** Recorded synapses that have an eligibility trace: those onto recurrent neurons. */
export const tracedSynapses = ({ synapses }: TracesSpec): RecordedSynapse[] =>
  synapses.filter(({ layer }) => isTracedLayer(layer))

/** Recorded neurons in ascending order: the chosen ones, and those that traced synapses lead to. */
export const tracedNeurons = (traces: TracesSpec): number[] =>
  [...new Set([...traces.neurons, ...tracedSynapses(traces).map(({ to }) => to)])].sort((a, b) => a - b)

/** Epochs after which the updates of recorded synapses are saved at the latest. */
export const UPDATES_PER_ARRAY = 100

const FLOAT = 4
/** Of the four parts of a change and the four counts of pulses. */
const BYTES_PER_UPDATE = 8 * FLOAT
/** A stored array besides its elements. */
const ROW = 300

/** Upper estimate of the bytes that recorded traces and updates add to a library. */
export function recordingBytes(spec: Pick<Spec, 'recording' | 'training' | 'task'>): number {
  const { recording: { traces }, training: { epochs } } = spec
  if (traces === undefined) return 0
  const [neurons, eligibilities] = [tracedNeurons(traces).length, tracedSynapses(traces).length]
  const pieces = Math.ceil(epochs / UPDATES_PER_ARRAY) + tracedEpochs(spec)
  const updates = traces.synapses.length * (BYTES_PER_UPDATE * epochs + 2 * ROW * pieces)
  return updates + tracedEpochs(spec) * (tracesBytes(spec) + ROW * (4 * neurons + eligibilities))
}

/** Bytes of the traces of one sequence: membrane potential, threshold and signal of each neuron, and eligibility of each synapse. */
export function tracesBytes({ recording: { traces }, task: { steps } }: Pick<Spec, 'recording' | 'task'>): number {
  return traces === undefined ? 0 : FLOAT * steps * (3 * tracedNeurons(traces).length + tracedSynapses(traces).length)
}

/** Recorded neurons and synapses that the network does not have. */
export function recordingProblems(spec: Pick<Spec, 'recording' | 'task' | 'network'>): Problem[] {
  const { traces } = spec.recording
  if (traces === undefined) return []
  const sizes = populationSizes(spec)
  const below = (path: string, found: number, count: number, what: string): Problem[] =>
    (found < count ? [] : [{ path: `recording.traces.${path}`, rule: `must be below ${count}, the number of ${what}`, found: `${found}` }])
  return [
    ...traces.neurons.flatMap((neuron, at) => below(`neurons.${at}`, neuron, sizes.recurrent, nouns.recurrent)),
    ...traces.synapses.flatMap(({ layer, from, to }, at) => {
      const sides = projectionOf(layer)
      return [
        ...below(`synapses.${at}.from`, from, sizes[sides.from], nouns[sides.from]),
        ...below(`synapses.${at}.to`, to, sizes[sides.to], nouns[sides.to]),
      ]
    }),
  ]
}

const nouns = { input: 'input channels', recurrent: 'recurrent neurons', output: 'outputs' } as const

/**
 * Parts of the change of a synapse in one epoch, in the order of the arrays 'recorded.change' [epoch][part]. Each is summed over the
 * sequences of the epoch. The gradient is of e-prop; changes are in units of weight, as in `UpdateAudit`.
 */
export const changeParts = ['gradient', 'requested', 'planned', 'actual'] as const
/** Pulses of a synapse in one epoch, summed over its pairs, in the order of the arrays 'recorded.pulses' [epoch][part]. */
export const pulseParts = ['setsPlus', 'setsMinus', 'resets', 'refreshes'] as const

/** A neuron, or a synapse that leads to one. Neurons and input channels are counted from 0. */
export type Subject = RecordedSynapse | { neuron: number }

/** Name of the arrays of a neuron or a synapse: 'neuron-5', 'input-3-5'. */
export const arrayName = (of: Subject): string => ('neuron' in of ? `neuron-${of.neuron}` : `${of.layer}-${of.from}-${of.to}`)
