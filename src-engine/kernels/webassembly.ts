import type { Kernels, Reading } from './kernels.ts'
import { placeMembraneLaw, placeReadLaw, placeSurrogateLaw } from './laws.ts'
import { ALIGNMENT, bytesOf, type Memory } from './memory.ts'

const PAGE = 2 ** 16

/** The exports of assembly/index.ts. Every pointer is a byte offset into the memory. */
type Exports = { firstFreeByte(): number; parameters(): number; surrogates: Counting } & Record<Exclude<keyof Kernels, keyof Memory | 'surrogates'>, Kernel>
type Kernel = (...values: (number | boolean)[]) => void
type Counting = (...values: number[]) => number

/**
 * Kernels in SIMD and float32, with their own memory.
 * @param bytes total size of all arrays (see `bytesOf`); the memory never grows, because growing would detach every array
 */
export function webAssemblyKernels(module: WebAssembly.Module, bytes: number): Kernels {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((bytes + PAGE) / PAGE) })
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as Exports
  // Fractions that are passed at every step go through memory, because JavaScript would allocate each one as an argument.
  const reals = new Float32Array(memory.buffer, wasm.parameters(), 32)
  const wholes = new Uint32Array(memory.buffer, wasm.parameters() + 128, 8)
  return bind(wasm, new Arena(memory.buffer, wasm.firstFreeByte()), reals, wholes)
}

type ViewConstructor<View> = new (buffer: ArrayBuffer, offset: number, length: number) => View

/** Allocates arrays one after the other and never frees them. */
class Arena {
  readonly #buffer: ArrayBuffer
  #free: number

  constructor(buffer: ArrayBuffer, firstFreeByte: number) {
    this.#buffer = buffer
    this.#free = Math.ceil(firstFreeByte / ALIGNMENT) * ALIGNMENT
  }

  take<View>(View: ViewConstructor<View>, length: number, bytesPerElement: number): View {
    const offset = this.#free
    this.#free += bytesOf(length, bytesPerElement)
    if (this.#free > this.#buffer.byteLength) {
      throw new RangeError(`The kernels' memory of ${this.#buffer.byteLength} bytes is used up`)
    }
    return new View(this.#buffer, offset, length)
  }
}

/**
 * Byte offset of an array in the kernels' memory.
 * @throws TypeError if the offset is 0, as it is for an array with its own buffer; no kernel array starts there
 */
function at({ byteOffset }: ArrayBufferView): number {
  if (byteOffset === 0) throw new TypeError('The array passed to a kernel is not in its memory')
  return byteOffset
}

function passReading(reading: Reading, reals: Float32Array, wholes: Uint32Array): void {
  reals[5] = reading.perConductance
  reals[6] = reading.seconds
  wholes[0] = reading.readIndex
  wholes[1] = reading.key0
  wholes[2] = reading.key1
}

const bind = (wasm: Exports, arena: Arena, reals: Float32Array, wholes: Uint32Array): Kernels => ({
  Numbers: Float32Array,
  numbers: (length) => arena.take(Float32Array, length, 4),
  counts: (length) => arena.take(Uint32Array<ArrayBuffer>, length, 4),
  indices: (length) => arena.take(Uint16Array<ArrayBuffer>, length, 2),

  addColumns: ({ offsets, neurons }, step, stride, columns, current) =>
    wasm.addColumns(at(offsets), at(neurons), step, stride, at(columns), at(current)),

  startDrift: ({ conductance, perAge }, { exponent, referenceAge }) =>
    wasm.startDrift(conductance.length, exponent, referenceAge, at(conductance), at(perAge)),

  sumMoments(column, { pairs, stride, masked, conductance, perAge }, law, from, until, settled, moments) {
    placeReadLaw(law, reals)
    reals[6] = from
    reals[7] = until
    const synapses = 4 * column * stride
    const devices = 2 * pairs * synapses
    wasm.sumMoments(
      column, pairs, stride, masked, settled, at(conductance) + devices, at(perAge) + devices, at(moments.mean) + synapses,
      at(moments.meanChange) + synapses, at(moments.variance) + synapses, at(moments.varianceChange) + synapses,
    )
  },

  readSums({ offsets, neurons }, step, { stride, reads }, moments, reading, current) {
    passReading(reading, reals, wholes)
    reals[7] = moments.passed
    wasm.readSums(
      at(offsets), at(neurons), step, stride, at(reads),
      at(moments.mean), at(moments.meanChange), at(moments.variance), at(moments.varianceChange), at(current),
    )
  },

  readColumns({ offsets, neurons }, step, columns, law, reading, current) {
    placeReadLaw(law, reals)
    passReading(reading, reals, wholes)
    wasm.readColumns(
      at(offsets), at(neurons), step,
      columns.post, columns.pre, columns.pairs, columns.stride, columns.masked, reading.settled,
      at(columns.conductance), at(columns.perAge), at(columns.reads), at(current),
    )
  },

  stepMembranes(step, neurons, law, current, membrane, spikes, counts, readyAt) {
    placeMembraneLaw(law, reals)
    wasm.stepMembranes(
      step, neurons, at(current), at(membrane), at(spikes.offsets), at(spikes.neurons), at(counts), at(readyAt),
    )
  },

  spikeTraces: ({ steps, offsets, neurons }, width, decay, gain, delay, traces) =>
    wasm.spikeTraces(steps, width, decay, gain, delay, at(offsets), at(neurons), at(traces)),

  surrogates(law, membrane, psi) {
    placeSurrogateLaw(law, reals)
    return wasm.surrogates(membrane.length, at(membrane), at(psi))
  },

  learningSignals: (steps, neurons, outputs, base, feedback, error, signal) =>
    wasm.learningSignals(steps, neurons, outputs, at(base), at(feedback), at(error), at(signal)),

  spikeWeights: (steps, neurons, outputs, law, base, pull, feedback, error, filtered, weights) => wasm.spikeWeights(
    steps, neurons, outputs, law.alpha, law.kappa, law.filterGain,
    at(base), at(pull), at(feedback), at(error), at(filtered), at(weights),
  ),

  gatherSpikes: ({ steps, offsets, neurons }, delay, post, gain, weights, sums) =>
    wasm.gatherSpikes(steps, delay, post, gain, at(offsets), at(neurons), at(weights), at(sums)),

  addRunningTraces: (steps, post, pre, decay, gain, psi, signal, presynaptic, trace, out) => wasm.addRunningTraces(
    steps, post, pre, decay, gain, at(psi), at(signal), at(presynaptic), at(trace), at(out),
  ),

  normalPairs: (key0, key1, start, stride, readIndex, first, second) =>
    wasm.normalPairs(key0, key1, start, stride, readIndex, first.length, at(first), at(second)),
})
