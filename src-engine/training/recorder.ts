import type { TracedLayer } from '../experiment/layers.ts'
import { RECORDED, type RecordedSynapse, type TracesSpec } from '../experiment/recording-field.ts'
import { arrayName, changeParts, pulseParts, tracedNeurons, tracedSynapses, UPDATES_PER_ARRAY } from '../experiment/recording.ts'
import type { Spec } from '../experiment/spec.ts'
import type { Numbers } from '../kernels/kernels.ts'
import type { EpropOptions } from '../learning/gradient-form.ts'
import type { Layer } from '../learning/layer.ts'
import type { SequenceRecord } from '../network/forward.ts'
import type { NamedArray } from './events.ts'
import type { ObserverHook } from './observer-hook.ts'
import type { TrainerState } from './state.ts'
import { eligibilityTrace, neuronTraces } from './synapse-traces.ts'
import { UpdateMeter } from './update-meter.ts'

/** Numbers of one synapse in one epoch: the parts of its change, then its pulses. */
const PARTS = changeParts.length + pulseParts.length

/** Names of the state in a checkpoint. */
const SUMS = 'recorder.sums'
const ROWS = 'recorder.rows'
const TRACES = 'recorder.traces.'

/** The pattern whose sequence is traced, the same in every epoch so that epochs can be compared. */
const TRACED_PATTERN = 0

/**
 * Records traces and updates of the neurons and synapses that a spec chooses. It observes like the live charts, and is part of the
 * trainer's state, so that a resumed run has the same record.
 */
export class Recorder implements ObserverHook {
  readonly #spec: Spec
  readonly #traces: TracesSpec
  readonly #hasDevices: boolean
  /** Chosen synapses of each layer: their indices j·pre + i, and their places among all chosen ones. */
  readonly #chosen: ReadonlyMap<string, { synapses: Uint32Array; places: number[] }>
  /** Sums of the unfinished epoch, [synapse][part]. */
  #sums: Float64Array
  /** Finished epochs since the last array, each like the sums. */
  #rows: Float64Array[] = []
  /** Traces of the unfinished epoch. */
  #traced: NamedArray[] = []
  #isTracing = false
  #meter: UpdateMeter | null = null
  #gradient: Numbers | null = null

  private constructor(spec: Spec, traces: TracesSpec, layers: readonly Layer[]) {
    this.#spec = spec
    this.#traces = traces
    this.#hasDevices = layers.some(({ crossbar }) => crossbar !== null)
    this.#chosen = new Map(layers.map(({ name, synapses: { pre } }) => {
      const places = [...traces.synapses.keys()].filter((place) => traces.synapses[place]!.layer === name)
      return [name, { places, synapses: Uint32Array.from(places, (place) => indexOf(traces.synapses[place]!, pre)) }]
    }))
    this.#sums = this.#zeros()
  }

  /** The recorder of a spec; null if it records nothing. */
  static of(spec: Spec, layers: readonly Layer[]): Recorder | null {
    const { traces } = spec.recording
    if (!traces) return null
    return new Recorder(spec, { ...traces, synapses: distinct(traces.synapses) }, layers)
  }

  /** Call it before each sequence. @param isTraced whether the traces of this epoch may be kept */
  begin(pattern: number, isTraced: boolean): void {
    this.#isTracing = isTraced && pattern === TRACED_PATTERN
  }

  learned(record: SequenceRecord, target: ArrayLike<number>, options: EpropOptions): void {
    if (!this.#isTracing) return
    const psiOf = new Map<number, Float64Array>()
    for (const neuron of tracedNeurons(this.#traces)) {
      const { membrane, threshold, signal, psi, spikes } = neuronTraces(neuron, record, target, options)
      const name = arrayName({ neuron })
      this.#trace('membrane', name, membrane)
      this.#trace('threshold', name, threshold)
      this.#trace('signal', name, signal)
      this.#traced.push({ kind: `${RECORDED}spikes`, name, shape: [spikes.length], data: spikes })
      psiOf.set(neuron, psi)
    }
    for (const synapse of tracedSynapses(this.#traces)) {
      const place = { layer: synapse.layer as TracedLayer, presynaptic: synapse.from }
      this.#trace('eligibility', arrayName(synapse), eligibilityTrace(place, psiOf.get(synapse.to)!, record, options))
    }
  }

  beforeUpdate(layer: Layer, gradient: Numbers): void {
    const { synapses } = this.#chosen.get(layer.name)!
    this.#meter = synapses.length > 0 ? new UpdateMeter(this.#spec, layer, synapses) : null
    this.#gradient = gradient
  }

  afterUpdate(layer: Layer, direction: Numbers): void {
    if (this.#meter === null) return
    const { wanted, due, realised, setsPlus, setsMinus, resets, refreshes } = this.#meter.finish(direction)
    const { places, synapses } = this.#chosen.get(layer.name)!
    places.forEach((place, k) => {
      const measured = [wanted, due, realised, setsPlus, setsMinus, resets, refreshes].map((all) => all[k]!)
      const parts = [this.#gradient![synapses[k]!]!, ...measured]
      parts.forEach((value, part) => { this.#sums[place * PARTS + part]! += value })
    })
  }

  /**
   * Ends an epoch. Returns the arrays that are due: the traces if they are kept, and all updates since the last array at least every
   * `UPDATES_PER_ARRAY` epochs.
   * @param isKept whether the traces of this epoch are kept
   */
  endEpoch(epoch: number, isKept: boolean): NamedArray[] {
    const traced = isKept ? this.#traced : []
    this.#traced = []
    this.#rows.push(this.#sums)
    this.#sums = this.#zeros()
    if (!isKept && epoch % UPDATES_PER_ARRAY !== 0) return []
    const updates = this.#traces.synapses.flatMap((synapse, place) => this.#updatesOf(synapse, place))
    this.#rows = []
    return [...traced, ...updates]
  }

  /** Copy of what the rest of the record depends on. */
  snapshot(): TrainerState {
    const rows = new Float64Array(this.#rows.length * this.#sums.length)
    this.#rows.forEach((row, index) => rows.set(row, index * row.length))
    const traces = this.#traced.map(({ kind, name, data }) => [`${TRACES}${kind}/${name}`, data.slice()] as const)
    return { [SUMS]: this.#sums.slice(), [ROWS]: rows, ...Object.fromEntries(traces) }
  }

  /** Continues from a snapshot. @throws Error if the state does not match the spec */
  restore(state: TrainerState): void {
    const [sums, rows] = [state[SUMS], state[ROWS]]
    const length = this.#sums.length
    const isOfSpec = sums instanceof Float64Array && rows instanceof Float64Array && sums.length === length
    if (!isOfSpec || (length > 0 && rows.length % length !== 0)) {
      throw new Error('The state has no record of the synapses that this experiment records')
    }
    this.#sums = sums.slice()
    const count = length === 0 ? 0 : rows.length / length
    this.#rows = Array.from({ length: count }, (_, row) => rows.slice(row * length, (row + 1) * length))
    this.#traced = Object.keys(state).filter((key) => key.startsWith(TRACES)).map((key) => {
      const [kind, name] = key.slice(TRACES.length).split('/') as [string, string]
      return { kind, name, shape: [state[key]!.length], data: state[key]!.slice() as NamedArray['data'] }
    })
  }

  #trace(kind: string, name: string, values: Float64Array): void {
    this.#traced.push({ kind: `${RECORDED}${kind}`, name, shape: [values.length], data: Float32Array.from(values) })
  }

  #updatesOf(synapse: RecordedSynapse, place: number): NamedArray[] {
    const name = arrayName(synapse)
    const partsOf = (from: number, count: number) =>
      this.#rows.flatMap((row) => [...row.subarray(place * PARTS + from, place * PARTS + from + count)])
    const shapeOf = (parts: readonly string[]) => [this.#rows.length, parts.length]
    const change: NamedArray = {
      kind: `${RECORDED}change`, name, shape: shapeOf(changeParts), data: Float32Array.from(partsOf(0, changeParts.length)),
    }
    if (!this.#hasDevices) return [change]
    const pulses = Uint32Array.from(partsOf(changeParts.length, pulseParts.length))
    return [change, { kind: `${RECORDED}pulses`, name, shape: shapeOf(pulseParts), data: pulses }]
  }

  #zeros(): Float64Array {
    return new Float64Array(this.#traces.synapses.length * PARTS)
  }
}

const indexOf = ({ from, to }: RecordedSynapse, pre: number): number => to * pre + from

const distinct = (synapses: readonly RecordedSynapse[]): RecordedSynapse[] =>
  [...new Map(synapses.map((synapse) => [arrayName(synapse), synapse])).values()]
