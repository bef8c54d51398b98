import { pulseKinds } from '../device/device-array.ts'
import type { Numbers } from '../kernels/kernels.ts'
import type { Layer } from '../learning/layer.ts'
import type { SequenceEvent } from './events.ts'

/** Every array of one layer by name: weights or devices, ledger, accumulators. */
export type LayerState = Record<string, Numbers | Uint32Array>

/** A trainer between two sequences. Draws need no state: they are addressed by what they are for. */
export interface TrainerState {
  sequencesDone: number
  epochMse: number[]
  epochRate: number[]
  presented: (SequenceEvent | null)[]
  layers: LayerState[]
}

/** Live views of everything that changes in a layer. */
function viewsOf({ weights, crossbar, scheme }: Layer): LayerState {
  const views: LayerState = {}
  if (weights) views.weights = weights.weights
  if (crossbar) {
    for (const [name, values] of Object.entries(crossbar.devices.state)) views[`device.${name}`] = values
    for (const kind of pulseKinds) views[`ledger.${kind}`] = crossbar.devices.ledger[kind]
  }
  for (const [name, values] of Object.entries(scheme.state)) views[`scheme.${name}`] = values as Float64Array
  return views
}

export const copyState = (layers: readonly Layer[]): LayerState[] =>
  layers.map((layer) => Object.fromEntries(Object.entries(viewsOf(layer)).map(([name, values]) => [name, values.slice()])))

/** @throws Error when the arrays do not fit the layers. */
export function restoreState(layers: readonly Layer[], states: readonly LayerState[]): void {
  layers.forEach((layer, index) => {
    for (const [name, values] of Object.entries(viewsOf(layer))) {
      const kept = states[index]?.[name]
      if (kept?.length !== values.length) {
        throw new Error(`The state's ${layer.name} ${name} has ${kept?.length ?? 'no'} values; this experiment has ${values.length}`)
      }
      values.set(kept)
    }
  })
}
