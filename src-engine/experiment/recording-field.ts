import * as z from 'zod'
import { layerNames } from './layer-names.ts'
import { entries, whole, wholes } from './quantity.ts'

/** Kinds of the arrays of a recording begin with this. All others are of snapshots. */
export const RECORDED = 'recorded.'

/** Whether a stored array is of a recording, not of a snapshot. */
export const isRecorded = ({ kind }: { kind: string }): boolean => kind.startsWith(RECORDED)

/** Most neurons and most synapses that a run records. */
export const MOST_RECORDED = 64
/** Largest index of a neuron or an input channel in any network. */
const LARGEST_INDEX = 65_535

const index = z.int('must be a whole number of 0 or more').min(0, 'must be 0 or more').max(LARGEST_INDEX, `must be at most ${LARGEST_INDEX}`)

const synapseSchema = z.strictObject({ layer: z.enum(layerNames), from: index, to: index }, 'must have a layer, from and to')

/** Neurons and synapses whose traces and updates are kept. A spec without them records none and has no such block. */
export const tracesField = z.strictObject({
  neurons: wholes({
    title: 'Recorded neurons', min: 0, max: LARGEST_INDEX, most: MOST_RECORDED, default: [],
    help: 'Recurrent neurons, from 0, whose membrane potential, threshold, learning signal and spikes are kept for one sequence of each '
      + 'recorded epoch. The neurons that recorded synapses lead to are recorded, too.',
  }),
  synapses: entries(synapseSchema, {
    title: 'Recorded synapses', most: MOST_RECORDED, prompt: 'must be written as “input 3→5, recurrent 2→7”',
    help: 'Synapses by layer and neurons, from 0: “input 3→5” leads from input channel 3 to neuron 5. Their gradient, change and pulses '
      + 'are kept for every epoch, and the eligibility traces of input and recurrent synapses for one sequence of each recorded epoch.',
  }),
  every: whole({
    title: 'Trace interval', unit: 'epochs', min: 0, max: 1_000_000, default: 0,
    help: 'The traces of the first pattern are kept in the last epoch and at this interval. 0 = last epoch only.',
  }),
}).optional().meta({
  title: 'Neurons and synapses',
  help: 'Traces and updates to keep, so that the charts of a neuron and a synapse can be shown after the run.',
})

export type TracesSpec = NonNullable<z.output<typeof tracesField>>
export type RecordedSynapse = TracesSpec['synapses'][number]

/** Drops a block that records nothing, so that equal experiments have equal documents. */
export function withoutEmptyTraces<Recording extends { traces?: TracesSpec }>(recording: Recording): Recording {
  const { traces, ...others } = recording
  const isEmpty = traces === undefined || traces.neurons.length + traces.synapses.length === 0
  return isEmpty ? others as Recording : recording
}
