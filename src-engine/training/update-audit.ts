import type { UpdateAudit } from '../analysis/observation.ts'
import type { Crossbar } from '../crossbar/crossbar.ts'
import type { Numbers } from '../kernels/kernels.ts'
import { rateOf } from '../experiment/layers.ts'
import type { Layer } from '../learning/layer.ts'
import type { Spec } from '../experiment/spec.ts'

/** Maximum number of sampled synapses per layer. */
export const MOST_AUDITED = 2 ** 16
/** Maximum number of single changes in an audit. */
export const MOST_CHANGES = 700

/** State of the sampled synapses before or after an update, or the difference of both, each array [sampled]. */
interface LayerState {
  /** Weight, or µS of G⁺ − G⁻ summed over the pairs. */
  value: Float64Array
  setsPlus: Float64Array
  setsMinus: Float64Array
  resets: Float64Array
  refreshes: Float64Array
  /** χ, in units of weight; 0 for schemes without an accumulator. */
  accumulator: Float64Array
}

/** Compares the synapses of one layer before and after its update. */
export class LayerAudit {
  readonly #spec: Spec
  readonly #layer: Layer
  readonly #every: number
  readonly #before: LayerState

  /** Samples the layer. Call it before the update. */
  constructor(spec: Spec, layer: Layer) {
    const { post, pre } = layer.synapses
    this.#spec = spec
    this.#layer = layer
    this.#every = samplingStride(post * pre, pre)
    this.#before = stateOf(layer, this.#every)
  }

  /** Compares the layer with its earlier state. Call it after the update. @param direction [post][pre], of the optimiser */
  finish(direction: Numbers): UpdateAudit {
    const { name, crossbar } = this.#layer
    const every = this.#every
    const scale = crossbar?.scale ?? null
    const rate = rateOf(this.#spec.learning, name)
    const growth = stateOf(this.#layer, every)
    subtract(growth, this.#before)
    const wanted = scaled(sampled(direction, every, growth.value.length), -rate)
    const due = this.#dueChanges(wanted, growth)
    const realised = scaled(growth.value, 1 / (scale ?? 1))
    const existing = this.#existing()
    const compared = existing.filter((k) => growth.refreshes[k] === 0)
    const changed = compared.filter((k) => due[k] !== 0 || realised[k] !== 0)
    const changesEvery = Math.max(1, Math.ceil(changed.length / MOST_CHANGES))
    const shown = changed.filter((_, index) => index % changesEvery === 0)
    return {
      layer: name,
      every,
      synapses: existing.length,
      scale,
      wanted: magnitude(wanted, compared),
      due: magnitude(due, compared),
      realised: magnitude(realised, compared),
      sets: magnitude(growth.setsPlus, existing) + magnitude(growth.setsMinus, existing),
      resets: magnitude(growth.resets, existing),
      refreshed: existing.length - compared.length,
      changes: {
        synapse: Uint32Array.from(shown, (k) => k * every),
        wanted: Float32Array.from(shown, (k) => wanted[k]!),
        due: Float32Array.from(shown, (k) => due[k]!),
        realised: Float32Array.from(shown, (k) => realised[k]!),
        pulses: Int32Array.from(shown, (k) => growth.setsPlus[k]! - growth.setsMinus[k]!),
      },
      changesEvery,
    }
  }

  /** Indices of the sampled synapses that exist. */
  #existing(): number[] {
    const { synapses } = this.#layer
    const found: number[] = []
    for (let k = 0; k < this.#before.value.length; k++) if (synapses.connected(k * this.#every)) found.push(k)
    return found
  }

  /**
   * Changes that were due, in units of weight. With an accumulator, the due change is the wanted change plus the change of χ,
   * because χ sums +η·gradient.
   */
  #dueChanges(wanted: Float64Array, { accumulator, setsPlus, setsMinus }: LayerState): Float64Array {
    const { quantum } = this.#layer.scheme
    if (!quantum) return wanted
    const { of, weight } = quantum
    return wanted.map((change, k) =>
      (of === 'step' ? Math.round((change + accumulator[k]!) / weight) * weight : (setsPlus[k]! - setsMinus[k]!) * weight))
  }
}

/** Sampling stride without a common factor with the number of presynaptic neurons, so that the samples include all of them. */
function samplingStride(synapses: number, pre: number): number {
  let stride = Math.ceil(synapses / MOST_AUDITED)
  while (stride > 1 && commonFactor(stride, pre) > 1) stride += 1
  return stride
}

const commonFactor = (a: number, b: number): number => (b === 0 ? a : commonFactor(b, a % b))

function stateOf({ crossbar, weights, scheme, synapses: { post, pre } }: Layer, every: number): LayerState {
  const count = Math.ceil((post * pre) / every)
  const zeros = new Float64Array(count)
  const accumulator = scheme.state.accumulator ? sampled(scheme.state.accumulator, every, count) : zeros
  if (crossbar) return { ...devicesOf(crossbar, every, count), accumulator }
  const value = sampled(weights!.weights, every, count)
  return { value, setsPlus: zeros, setsMinus: zeros, resets: zeros, refreshes: zeros, accumulator }
}

/** Every `every`th value, [count]. */
function sampled(values: Numbers, every: number, count: number): Float64Array {
  const picked = new Float64Array(count)
  for (let k = 0; k < count; k++) picked[k] = values[k * every]!
  return picked
}

/** Sums over the pairs of each sampled synapse. */
function devicesOf({ devices, pairs }: Crossbar, every: number, count: number): Omit<LayerState, 'accumulator'> {
  const { conductance, ledger } = devices
  const zeros = () => new Float64Array(count)
  const [value, setsPlus, setsMinus, resets, refreshes] = [zeros(), zeros(), zeros(), zeros(), zeros()]
  for (let k = 0; k < count; k++) {
    const first = 2 * pairs * k * every
    for (let plus = first; plus < first + 2 * pairs; plus += 2) {
      value[k]! += conductance[plus]! - conductance[plus + 1]!
      setsPlus[k]! += ledger.set[plus]!
      setsMinus[k]! += ledger.set[plus + 1]!
      resets[k]! += ledger.reset[plus]! + ledger.reset[plus + 1]!
      refreshes[k]! += ledger.refresh[plus]!
    }
  }
  return { value, setsPlus, setsMinus, resets, refreshes }
}

function scaled(values: Float64Array, factor: number): Float64Array {
  const products = new Float64Array(values.length)
  for (let k = 0; k < values.length; k++) products[k] = values[k]! * factor
  return products
}

/** Σ|values| over the indices in `over`. */
function magnitude(values: Float64Array, over: number[]): number {
  let sum = 0
  for (const k of over) sum += Math.abs(values[k]!)
  return sum
}

/** Subtracts `before` from `after`, in place. */
function subtract(after: LayerState, before: LayerState): void {
  for (const field of ['value', 'setsPlus', 'setsMinus', 'resets', 'refreshes', 'accumulator'] as const) {
    // Fields of digital layers share one array of zeros, which stays 0.
    const [now, then] = [after[field], before[field]]
    for (let k = 0; k < now.length; k++) now[k]! -= then[k]!
  }
}
