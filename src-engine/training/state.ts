import { pulseKinds } from '../device/device-array.ts'
import type { Layer } from '../learning/layer.ts'
import type { SequenceEvent } from './events.ts'

export type StateArray = Float64Array | Float32Array | Uint32Array | Uint16Array

/**
 * State of a trainer between two sequences, as named arrays for a checkpoint. The random streams need no state, because their draws
 * are addressed by purpose and index.
 */
export type TrainerState = Record<string, StateArray>

/** State of a trainer besides its layers. */
export interface Progress {
  sequencesDone: number
  /** Loss of every finished epoch. */
  epochLosses: readonly number[]
  /** Mean firing rate of every finished epoch, Hz. */
  epochRate: readonly number[]
  /** Last sequence of each pattern, [patterns]; null if the pattern was not presented yet. */
  presented: readonly (SequenceEvent | null)[]
}

export function copyProgress({ sequencesDone, epochLosses, epochRate, presented }: Progress): TrainerState {
  const state: TrainerState = {
    'sequences': Float64Array.of(sequencesDone),
    'epoch.loss': Float64Array.from(epochLosses),
    'epoch.rate': Float64Array.from(epochRate),
  }
  for (const event of presented) if (event) Object.assign(state, copySequence(event))
  return state
}

/** Reads the progress from a state. @throws Error if an array is missing or does not match the number of patterns */
export function readProgress(state: TrainerState, patterns: number, outputs: number): Progress {
  const presented = Array.from({ length: patterns }, (_, pattern) => readSequence(state, pattern, outputs))
  const sequencesDone = arrayOf(state, 'sequences', Float64Array)[0]!
  const epochLosses = [...arrayOf(state, lossesName(state), Float64Array)]
  const epochRate = [...arrayOf(state, 'epoch.rate', Float64Array)]
  const epochs = Math.floor(sequencesDone / patterns)
  if (epochLosses.length !== epochs || epochRate.length !== epochs) {
    throw new Error(`The state has ${sequencesDone} sequences of ${patterns} patterns, but metrics of ${epochLosses.length} epochs`)
  }
  return { sequencesDone, epochLosses, epochRate, presented }
}

/** Live views of all state of a layer. */
function viewsOf({ name: layer, weights, crossbar, scheme, optimiser }: Layer): TrainerState {
  const views: TrainerState = {}
  if (weights) views[`${layer}.weights`] = weights.weights
  if (crossbar) {
    for (const [name, values] of Object.entries(crossbar.devices.state)) views[`${layer}.device.${name}`] = values
    for (const kind of pulseKinds) views[`${layer}.ledger.${kind}`] = crossbar.devices.ledger[kind]
  }
  for (const [name, values] of Object.entries(scheme.state)) views[`${layer}.scheme.${name}`] = values
  for (const [name, values] of Object.entries(optimiser.state)) views[`${layer}.optimiser.${name}`] = values
  return views
}

export const copyLayers = (layers: readonly Layer[]): TrainerState =>
  Object.fromEntries(layers.flatMap((layer) => Object.entries(viewsOf(layer)).map(([name, values]) => [name, values.slice()])))

/** Copies a state into the layers. @throws Error if an array is missing or does not match its layer */
export function restoreLayers(layers: readonly Layer[], state: TrainerState): void {
  for (const layer of layers) {
    for (const [name, values] of Object.entries(viewsOf(layer))) {
      const saved = state[name]
      if (saved?.constructor !== values.constructor || saved.length !== values.length) {
        throw new Error(`The state's ${name} has ${saved?.length ?? 'no'} values, but this experiment needs ${values.length}`)
      }
      values.set(saved)
    }
  }
}

function copySequence(event: SequenceEvent): TrainerState {
  const { epoch, sequence, pattern, loss, meanRateHz, zeroSurrogate, output, target, spikes } = event
  const about = `presented.${pattern}`
  return {
    [about]: Float64Array.of(epoch, sequence, loss, meanRateHz, zeroSurrogate),
    [`${about}.output`]: output.slice(),
    [`${about}.target`]: target.slice(),
    [`${about}.spikes`]: spikes.slice(),
  }
}

function readSequence(state: TrainerState, pattern: number, outputs: number): SequenceEvent | null {
  const about = `presented.${pattern}`
  if (!Object.hasOwn(state, about)) return null
  const [epoch, sequence, loss, meanRateHz, zeroSurrogate] = arrayOf(state, about, Float64Array)
  const output = arrayOf(state, `${about}.output`, Float32Array)
  const target = arrayOf(state, `${about}.target`, Float32Array)
  const spikes = arrayOf(state, `${about}.spikes`, Uint16Array)
  return {
    kind: 'sequence', epoch: epoch!, sequence: sequence!, pattern, loss: loss!, meanRateHz: meanRateHz!, zeroSurrogate: zeroSurrogate!,
    outputs, output, target, spikes,
  }
}

/** Version 0.1.0 called the losses of the epochs 'epoch.mse'. */
const lossesName = (state: TrainerState) => (Object.hasOwn(state, 'epoch.mse') ? 'epoch.mse' : 'epoch.loss')

function arrayOf<Kind extends StateArray>(state: TrainerState, name: string, kind: new (...args: never[]) => Kind): Kind {
  const values = Object.hasOwn(state, name) ? state[name] : undefined
  if (!(values instanceof kind)) throw new Error(`The state has no ${name} of type ${kind.name}`)
  return values.slice() as Kind
}
