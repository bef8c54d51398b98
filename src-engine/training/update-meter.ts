import type { Crossbar } from '../crossbar/crossbar.ts'
import { rateOf } from '../experiment/layers.ts'
import type { Spec } from '../experiment/spec.ts'
import type { Numbers } from '../kernels/kernels.ts'
import type { Layer } from '../learning/layer.ts'

/** State of the measured synapses before or after an update, or the difference of both, each array [synapses]. */
interface SynapseStates {
  /** Weight, or µS of G⁺ − G⁻ summed over the pairs. */
  value: Float64Array
  setsPlus: Float64Array
  setsMinus: Float64Array
  resets: Float64Array
  refreshes: Float64Array
  /** χ, in units of weight; 0 for schemes without an accumulator. */
  accumulator: Float64Array
}

/** What an update did to the measured synapses, each array [synapses]. Changes are in units of weight, pulses are counted over the pairs. */
export interface MeasuredUpdate extends Omit<SynapseStates, 'value' | 'accumulator'> {
  /** The wanted change −η·gradient. */
  wanted: Float64Array
  /** What the update had to apply; see `UpdateAudit`. */
  due: Float64Array
  /** What became of the weight or of the programmed G⁺ − G⁻. */
  realised: Float64Array
}

/** Measures what an update does to chosen synapses of a layer. */
export class UpdateMeter {
  readonly #spec: Spec
  readonly #layer: Layer
  readonly #synapses: ArrayLike<number>
  readonly #before: SynapseStates

  /** Reads the synapses. Call it before the update. @param synapses indices j·pre + i */
  constructor(spec: Spec, layer: Layer, synapses: ArrayLike<number>) {
    this.#spec = spec
    this.#layer = layer
    this.#synapses = synapses
    this.#before = statesOf(layer, synapses)
  }

  /** Compares the synapses with their earlier states. Call it after the update. @param direction [post][pre], of the optimiser */
  finish(direction: Numbers): MeasuredUpdate {
    const { name, crossbar } = this.#layer
    const growth = statesOf(this.#layer, this.#synapses)
    subtract(growth, this.#before)
    const wanted = scaled(picked(direction, this.#synapses), -rateOf(this.#spec.learning, name))
    const { setsPlus, setsMinus, resets, refreshes } = growth
    const realised = scaled(growth.value, 1 / (crossbar?.scale ?? 1))
    return { wanted, due: this.#dueChanges(wanted, growth), realised, setsPlus, setsMinus, resets, refreshes }
  }

  /**
   * Changes that were due, in units of weight. With an accumulator, the due change is the wanted change plus the change of χ,
   * because χ sums +η·gradient.
   */
  #dueChanges(wanted: Float64Array, { accumulator, setsPlus, setsMinus }: SynapseStates): Float64Array {
    const { quantum } = this.#layer.scheme
    if (!quantum) return wanted
    const { of, weight } = quantum
    return wanted.map((change, k) =>
      (of === 'step' ? Math.round((change + accumulator[k]!) / weight) * weight : (setsPlus[k]! - setsMinus[k]!) * weight))
  }
}

function statesOf({ crossbar, weights, scheme }: Layer, synapses: ArrayLike<number>): SynapseStates {
  const zeros = new Float64Array(synapses.length)
  const accumulator = scheme.state.accumulator ? picked(scheme.state.accumulator, synapses) : zeros
  if (crossbar) return { ...devicesOf(crossbar, synapses), accumulator }
  const value = picked(weights!.weights, synapses)
  return { value, setsPlus: zeros, setsMinus: zeros, resets: zeros, refreshes: zeros, accumulator }
}

const picked = (values: Numbers, synapses: ArrayLike<number>): Float64Array =>
  Float64Array.from(synapses, (synapse) => values[synapse]!)

/** Sums over the pairs of each synapse. */
function devicesOf({ devices, pairs }: Crossbar, synapses: ArrayLike<number>): Omit<SynapseStates, 'accumulator'> {
  const { conductance, ledger } = devices
  const zeros = () => new Float64Array(synapses.length)
  const [value, setsPlus, setsMinus, resets, refreshes] = [zeros(), zeros(), zeros(), zeros(), zeros()]
  for (let k = 0; k < synapses.length; k++) {
    const first = 2 * pairs * synapses[k]!
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

/** Subtracts `before` from `after`, in place. */
function subtract(after: SynapseStates, before: SynapseStates): void {
  for (const field of ['value', 'setsPlus', 'setsMinus', 'resets', 'refreshes', 'accumulator'] as const) {
    // Fields of digital layers share one array of zeros, which stays 0.
    const [now, then] = [after[field], before[field]]
    for (let k = 0; k < now.length; k++) now[k]! -= then[k]!
  }
}
