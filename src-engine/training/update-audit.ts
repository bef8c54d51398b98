import type { UpdateAudit } from '../analysis/observation.ts'
import type { Crossbar } from '../crossbar/crossbar.ts'
import { SMALLEST_JUMP } from '../crossbar/program.ts'
import type { Numbers } from '../kernels/kernels.ts'
import { type Layer, rateOf } from '../learning/layer.ts'
import type { Spec } from '../spec/spec.ts'

/** Synapses of a layer that are looked at. */
export const MOST_AUDITED = 2 ** 16
/** Single changes that are passed on. */
export const MOST_CHANGES = 700

/** Synapses as an update finds or leaves them, [looked at]. */
interface LayerState {
  /** Weight, or µS of G⁺ − G⁻ summed over the pairs. */
  value: Float64Array
  setsPlus: Float64Array
  setsMinus: Float64Array
  resets: Float64Array
  refreshes: Float64Array
  /** χ, a weight; 0 for schemes without. */
  accumulator: Float64Array
}

/** Compares the synapses of one layer before and after its update. */
export class LayerAudit {
  readonly #spec: Spec
  readonly #layer: Layer
  readonly #every: number
  readonly #before: LayerState

  /** Before the update. */
  constructor(spec: Spec, layer: Layer) {
    const { post, pre } = layer.synapses
    this.#spec = spec
    this.#layer = layer
    this.#every = strideThrough(post * pre, pre)
    this.#before = stateOf(layer, this.#every)
  }

  /** After it. @param gradient [post][pre] */
  finish(gradient: Numbers): UpdateAudit {
    const { name, crossbar } = this.#layer
    const every = this.#every
    const scale = crossbar?.scale ?? null
    const rate = rateOf(this.#spec, name)
    const grown = difference(this.#before, stateOf(this.#layer, every))
    const wanted = grown.value.map((_, k) => -rate * gradient[k * every])
    const due = wanted.map((change, k) => this.#dueOf(change, grown, k))
    const realised = grown.value.map((change) => change / (scale ?? 1))
    const existing = this.#existing()
    const compared = existing.filter((k) => grown.refreshes[k] === 0)
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
      sets: magnitude(grown.setsPlus, existing) + magnitude(grown.setsMinus, existing),
      resets: magnitude(grown.resets, existing),
      refreshed: existing.length - compared.length,
      changes: {
        synapse: Uint32Array.from(shown, (k) => k * every),
        wanted: Float32Array.from(shown, (k) => wanted[k]),
        due: Float32Array.from(shown, (k) => due[k]),
        realised: Float32Array.from(shown, (k) => realised[k]),
        pulses: Int32Array.from(shown, (k) => grown.setsPlus[k] - grown.setsMinus[k]),
      },
      changesEvery,
    }
  }

  /** Those looked at that are no missing self-connection. */
  #existing(): number[] {
    const synapses = this.#layer.crossbar ?? this.#layer.weights!
    return Array.from(this.#before.value, (_, k) => k).filter((k) => synapses.connected(k * this.#every))
  }

  /** The change of one synapse that was due, a weight: the accumulator counts in the direction of the gradient. */
  #dueOf(wanted: number, { accumulator, setsPlus, setsMinus }: LayerState, k: number): number {
    const { scheme, conventions, device } = this.#spec
    const pulses = setsPlus[k] - setsMinus[k]
    switch (scheme.kind) {
      case 'fp32': return wanted
      case 'accumulator':
      case 'mixed-precision':
      case 'update-ready': return Math.round((wanted + accumulator[k]) / scheme.accumulatorStep) * scheme.accumulatorStep
      case 'sign':
      case 'stochastic': return (pulses * SMALLEST_JUMP) / device.scale
      case 'multi-memristor': {
        const shares = conventions.pairStep === 'mean' ? scheme.pairs : 1
        return (pulses * scheme.smallestJump) / shares / device.scale
      }
    }
  }
}

/** A stride that comes by every presynaptic neuron: none that shares a factor with their number. */
function strideThrough(synapses: number, pre: number): number {
  let stride = Math.ceil(synapses / MOST_AUDITED)
  while (stride > 1 && commonFactor(stride, pre) > 1) stride += 1
  return stride
}

const commonFactor = (a: number, b: number): number => (b === 0 ? a : commonFactor(b, a % b))

function stateOf({ crossbar, weights, scheme, synapses: { post, pre } }: Layer, every: number): LayerState {
  const count = Math.ceil((post * pre) / every)
  const zeros = new Float64Array(count)
  const accumulator = scheme.state.accumulator ? everyOf(scheme.state.accumulator, every, count) : zeros
  if (crossbar) return { ...devicesOf(crossbar, every, count), accumulator }
  const value = everyOf(weights!.weights, every, count)
  return { value, setsPlus: zeros, setsMinus: zeros, resets: zeros, refreshes: zeros, accumulator }
}

function everyOf(values: Numbers, every: number, count: number): Float64Array {
  const picked = new Float64Array(count)
  for (let k = 0; k < count; k++) picked[k] = values[k * every]
  return picked
}

/** Sums over the pairs of a synapse. */
function devicesOf({ devices, pairs }: Crossbar, every: number, count: number): Omit<LayerState, 'accumulator'> {
  const { conductance, ledger } = devices
  const [value, setsPlus, setsMinus, resets, refreshes] = Array.from({ length: 5 }, () => new Float64Array(count))
  for (let k = 0; k < count; k++) {
    const first = 2 * pairs * k * every
    for (let plus = first; plus < first + 2 * pairs; plus += 2) {
      value[k] += conductance[plus] - conductance[plus + 1]
      setsPlus[k] += ledger.set[plus]
      setsMinus[k] += ledger.set[plus + 1]
      resets[k] += ledger.reset[plus] + ledger.reset[plus + 1]
      refreshes[k] += ledger.refresh[plus]
    }
  }
  return { value, setsPlus, setsMinus, resets, refreshes }
}

/** Σ|values| over some of them. */
const magnitude = (values: Float64Array, over: number[]) => over.reduce((sum, k) => sum + Math.abs(values[k]), 0)

function difference(before: LayerState, after: LayerState): LayerState {
  const grown = (field: keyof LayerState) => after[field].map((value, k) => value - before[field][k])
  return {
    value: grown('value'), setsPlus: grown('setsPlus'), setsMinus: grown('setsMinus'),
    resets: grown('resets'), refreshes: grown('refreshes'), accumulator: grown('accumulator'),
  }
}
