import { bytesOf, type Kernels, type Numbers, strideOf } from '../../src-engine/kernels/kernels.ts'
import { Raster } from '../../src-engine/kernels/raster.ts'
import { webAssemblyKernels } from '../../src-engine/kernels/webassembly.ts'
import { Stream } from '../../src-engine/random/stream.ts'
import type { KernelRate } from './report.ts'
import { spreadOf } from './spread.ts'

/** How long and how often a kernel is timed. */
export interface KernelRepetitions {
  runs: number
  /** Duration of one run. */
  seconds: number
}

const NEURONS = 100
const STEPS = 1000
/** All neurons fire at 100 Hz, so the cost of steps without spikes does not matter. */
const SPIKES_PER_STEP = 10
/** Pairs of normals per call. */
const PAIRS = 4096

/** A kernel with its own data: one call and the work it does. */
interface Workload {
  kernel: KernelRate['kernel']
  unit: KernelRate['unit']
  perCall: number
  call(): void
}

/** Rates of the most expensive kernels in this thread, at the size of the paper's network. */
export function kernelRates(module: WebAssembly.Module, repeated: KernelRepetitions): KernelRate[] {
  return [runningTraces, gatheredSpikes, draws, columnReads].map((makeWorkload) => {
    const { kernel, unit, perCall, call } = makeWorkload(module)
    call()
    const rates = Array.from({ length: repeated.runs }, () => perCall * callsPerSecond(call, repeated.seconds))
    return { kernel, unit, rate: spreadOf(rates) }
  })
}

function callsPerSecond(call: () => void, seconds: number): number {
  const begin = performance.now()
  let now = begin
  let calls = 0
  for (; now - begin < 1000 * seconds; now = performance.now()) {
    call()
    calls++
  }
  return (1000 * calls) / (now - begin)
}

/** Five operations per synapse and step: three for decay·trace + height·x̄, two for out + L·trace. */
function runningTraces(module: WebAssembly.Module): Workload {
  const signals = STEPS * NEURONS
  const synapses = NEURONS * NEURONS
  const kernels = webAssemblyKernels(module, 3 * bytesOf(signals) + 2 * bytesOf(synapses))
  const [psi, signal, presynaptic] = [noise(kernels, signals, 1), noise(kernels, signals, 2), noise(kernels, signals, 3)]
  const [trace, out] = [kernels.numbers(synapses), kernels.numbers(synapses)]
  return {
    kernel: 'addRunningTraces', unit: 'FLOP/s', perCall: 5 * STEPS * synapses,
    call: () => kernels.addRunningTraces(STEPS, NEURONS, NEURONS, 0.97, 1, psi, signal, presynaptic, trace, out),
  }
}

/** Two operations per spike and postsynaptic neuron: sums + gain·signal. */
function gatheredSpikes(module: WebAssembly.Module): Workload {
  const signals = STEPS * NEURONS
  const columns = NEURONS * strideOf(NEURONS)
  const kernels = webAssemblyKernels(module, Raster.bytes(STEPS, NEURONS) + bytesOf(signals) + bytesOf(columns))
  const spikes = regularSpikes(kernels, STEPS, SPIKES_PER_STEP)
  const signal = noise(kernels, signals, 1)
  const sums = kernels.numbers(columns)
  return {
    kernel: 'gatherSpikes', unit: 'FLOP/s', perCall: 2 * spikes.spikes * NEURONS,
    call: () => kernels.gatherSpikes(spikes, 0, NEURONS, 0.5, signal, sums),
  }
}

/** Counts single normals: two per pair. */
function draws(module: WebAssembly.Module): Workload {
  const kernels = webAssemblyKernels(module, 2 * bytesOf(PAIRS))
  const [first, second] = [kernels.numbers(PAIRS), kernels.numbers(PAIRS)]
  let readIndex = 0
  return {
    kernel: 'normalPairs', unit: 'draws/s', perCall: 2 * PAIRS,
    call: () => kernels.normalPairs(1, 2, 0, 1, readIndex++, first, second),
  }
}

/** Counts READs of single devices: all devices of a square crossbar with one pair per synapse, with drift and noise. */
function columnReads(module: WebAssembly.Module): Workload {
  const stride = strideOf(NEURONS)
  const devices = 2 * NEURONS * stride
  const bytes = Raster.bytes(1, NEURONS) + 2 * bytesOf(devices) + bytesOf(NEURONS) + bytesOf(stride)
  const kernels = webAssemblyKernels(module, bytes)
  const spikes = regularSpikes(kernels, 1, NEURONS)
  const columns = {
    post: NEURONS, pre: NEURONS, pairs: 1, stride, masked: false,
    conductance: kernels.numbers(devices).fill(3), perAge: kernels.numbers(devices).fill(1 / 60),
    reads: kernels.counts(NEURONS),
  }
  const law = { exponent: 0.04, referenceAge: 38.6, noiseSlope: 0.03, noiseOffset: 0.13, smallest: 0.1, largest: 12 }
  const reading = { key0: 1, key1: 2, perConductance: 1 / 55, settled: true, seconds: 0.5, readIndex: 0 }
  const current = kernels.numbers(stride)
  return {
    kernel: 'readColumns', unit: 'READs/s', perCall: 2 * NEURONS * NEURONS,
    call() {
      reading.readIndex++
      kernels.readColumns(spikes, 0, columns, law, reading, current)
    },
  }
}

/** Standard normals in the kernels' memory, [length]. */
function noise(kernels: Kernels, length: number, seed: number): Numbers {
  const stream = new Stream(seed, 'READ')
  const values = kernels.numbers(length)
  for (let k = 0; k < length; k++) values[k] = stream.normal(k, 0)
  return values
}

/** Raster with `perStep` spikes at each step; the neurons take turns. */
function regularSpikes(kernels: Kernels, steps: number, perStep: number): Raster {
  const raster = Raster.within(kernels, steps, NEURONS)
  for (let k = 0; k < steps * perStep; k++) raster.neurons[k] = k % NEURONS
  for (let t = 0; t <= steps; t++) raster.offsets[t] = t * perStep
  return raster
}
