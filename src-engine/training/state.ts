import { pulseKinds } from '../device/device-array.ts'
import type { Layer } from '../learning/layer.ts'
import type { SequenceEvent } from './events.ts'

export type StateArray = Float64Array | Float32Array | Uint32Array | Uint16Array

/**
 * A trainer between two sequences as arrays by name, ready to be kept. Draws need no state: they are addressed by what
 * they are for.
 */
export type TrainerState = Record<string, StateArray>

/** What a trainer counts and remembers beside its layers. */
export interface Progress {
  sequencesDone: number
  epochMse: readonly number[]
  epochRate: readonly number[]
  /** Sequences of the current epoch, by pattern. */
  presented: readonly (SequenceEvent | null)[]
}

export function copyProgress({ sequencesDone, epochMse, epochRate, presented }: Progress): TrainerState {
  const state: TrainerState = {
    'sequences': Float64Array.of(sequencesDone),
    'epoch.mse': Float64Array.from(epochMse),
    'epoch.rate': Float64Array.from(epochRate),
  }
  for (const event of presented) if (event) Object.assign(state, copySequence(event))
  return state
}

/** @throws Error where something is missing or does not fit an experiment of so many patterns. */
export function readProgress(state: TrainerState, patterns: number): Progress {
  const presented = Array.from({ length: patterns }, (_, pattern) => readSequence(state, pattern))
  const [sequencesDone] = arrayOf(state, 'sequences', Float64Array)
  const epochMse = [...arrayOf(state, 'epoch.mse', Float64Array)]
  const epochRate = [...arrayOf(state, 'epoch.rate', Float64Array)]
  const epochs = Math.floor(sequencesDone / patterns)
  if (epochMse.length !== epochs || epochRate.length !== epochs) {
    throw new Error(`The state has ${sequencesDone} sequences of ${patterns} patterns but ${epochMse.length} epochs`)
  }
  return { sequencesDone, epochMse, epochRate, presented }
}

/** Live views of everything that changes in a layer. */
function viewsOf({ name: layer, weights, crossbar, scheme }: Layer): TrainerState {
  const views: TrainerState = {}
  if (weights) views[`${layer}.weights`] = weights.weights
  if (crossbar) {
    for (const [name, values] of Object.entries(crossbar.devices.state)) views[`${layer}.device.${name}`] = values
    for (const kind of pulseKinds) views[`${layer}.ledger.${kind}`] = crossbar.devices.ledger[kind]
  }
  for (const [name, values] of Object.entries(scheme.state)) views[`${layer}.scheme.${name}`] = values
  return views
}

export const copyLayers = (layers: readonly Layer[]): TrainerState =>
  Object.fromEntries(layers.flatMap((layer) => Object.entries(viewsOf(layer)).map(([name, values]) => [name, values.slice()])))

/** @throws Error when the arrays do not fit the layers. */
export function restoreLayers(layers: readonly Layer[], state: TrainerState): void {
  for (const layer of layers) {
    for (const [name, values] of Object.entries(viewsOf(layer))) {
      const kept = state[name]
      if (kept?.constructor !== values.constructor || kept.length !== values.length) {
        throw new Error(`The state's ${name} has ${kept?.length ?? 'no'} values; this experiment has ${values.length}`)
      }
      values.set(kept)
    }
  }
}

function copySequence({ epoch, sequence, pattern, mse, meanRateHz, output, target, spikes }: SequenceEvent): TrainerState {
  const about = `presented.${pattern}`
  return {
    [about]: Float64Array.of(epoch, sequence, mse, meanRateHz),
    [`${about}.output`]: output.slice(),
    [`${about}.target`]: target.slice(),
    [`${about}.spikes`]: spikes.slice(),
  }
}

function readSequence(state: TrainerState, pattern: number): SequenceEvent | null {
  const about = `presented.${pattern}`
  if (!Object.hasOwn(state, about)) return null
  const [epoch, sequence, mse, meanRateHz] = arrayOf(state, about, Float64Array)
  const output = arrayOf(state, `${about}.output`, Float32Array)
  const target = arrayOf(state, `${about}.target`, Float32Array)
  const spikes = arrayOf(state, `${about}.spikes`, Uint16Array)
  return { kind: 'sequence', epoch, sequence, pattern, mse, meanRateHz, output, target, spikes }
}

function arrayOf<Kind extends StateArray>(state: TrainerState, name: string, kind: new (...args: never[]) => Kind): Kind {
  const values = Object.hasOwn(state, name) ? state[name] : undefined
  if (!(values instanceof kind)) throw new Error(`The state has no ${name} of type ${kind.name}`)
  return values.slice() as Kind
}
