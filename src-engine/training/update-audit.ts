import type { UpdateAudit } from '../analysis/observation.ts'
import type { Spec } from '../experiment/spec.ts'
import type { Numbers } from '../kernels/kernels.ts'
import type { Layer } from '../learning/layer.ts'
import { UpdateMeter } from './update-meter.ts'

/** Maximum number of sampled synapses per layer. */
export const MOST_AUDITED = 2 ** 16
/** Maximum number of single changes in an audit. */
export const MOST_CHANGES = 700

/** Compares the synapses of one layer before and after its update. */
export class LayerAudit {
  readonly #layer: Layer
  readonly #every: number
  readonly #synapses: Uint32Array
  readonly #meter: UpdateMeter

  /** Samples the layer. Call it before the update. */
  constructor(spec: Spec, layer: Layer) {
    const { post, pre } = layer.synapses
    this.#layer = layer
    this.#every = samplingStride(post * pre, pre)
    this.#synapses = Uint32Array.from({ length: Math.ceil((post * pre) / this.#every) }, (_, k) => k * this.#every)
    this.#meter = new UpdateMeter(spec, layer, this.#synapses)
  }

  /** Compares the layer with its earlier state. Call it after the update. @param direction [post][pre], of the optimiser */
  finish(direction: Numbers): UpdateAudit {
    const { name, crossbar } = this.#layer
    const { wanted, due, realised, setsPlus, setsMinus, resets, refreshes } = this.#meter.finish(direction)
    const existing = this.#existing()
    const compared = existing.filter((k) => refreshes[k] === 0)
    const changed = compared.filter((k) => due[k] !== 0 || realised[k] !== 0)
    const changesEvery = Math.max(1, Math.ceil(changed.length / MOST_CHANGES))
    const shown = changed.filter((_, index) => index % changesEvery === 0)
    return {
      layer: name,
      every: this.#every,
      synapses: existing.length,
      scale: crossbar?.scale ?? null,
      wanted: magnitude(wanted, compared),
      due: magnitude(due, compared),
      realised: magnitude(realised, compared),
      sets: magnitude(setsPlus, existing) + magnitude(setsMinus, existing),
      resets: magnitude(resets, existing),
      refreshed: existing.length - compared.length,
      changes: {
        synapse: Uint32Array.from(shown, (k) => this.#synapses[k]!),
        wanted: Float32Array.from(shown, (k) => wanted[k]!),
        due: Float32Array.from(shown, (k) => due[k]!),
        realised: Float32Array.from(shown, (k) => realised[k]!),
        pulses: Int32Array.from(shown, (k) => setsPlus[k]! - setsMinus[k]!),
      },
      changesEvery,
    }
  }

  /** Places of the sampled synapses that exist. */
  #existing(): number[] {
    const { synapses } = this.#layer
    const found: number[] = []
    for (let k = 0; k < this.#synapses.length; k++) if (synapses.connected(this.#synapses[k]!)) found.push(k)
    return found
  }
}

/** Sampling stride without a common factor with the number of presynaptic neurons, so that the samples include all of them. */
function samplingStride(synapses: number, pre: number): number {
  let stride = Math.ceil(synapses / MOST_AUDITED)
  while (stride > 1 && commonFactor(stride, pre) > 1) stride += 1
  return stride
}

const commonFactor = (a: number, b: number): number => (b === 0 ? a : commonFactor(b, a % b))

/** Σ|values| over the indices in `over`. */
function magnitude(values: Float64Array, over: number[]): number {
  let sum = 0
  for (const k of over) sum += Math.abs(values[k]!)
  return sum
}
