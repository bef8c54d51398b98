import type { Memory, Numbers } from './memory.ts'
import type { Raster } from './raster.ts'

export * from './memory.ts'

/** What a membrane does in one step. */
export interface MembraneLaw {
  /** Decay per step. */
  alpha: number
  /** Factor of the synaptic current. */
  membraneGain: number
  threshold: number
  /** v above or at the threshold spikes. */
  spikesAtThreshold: boolean
}

/** What decides how far a spike reaches in a gradient. */
export interface EligibilityLaw {
  threshold: number
  /** ψ at the threshold. */
  surrogatePeak: number
  /** Decay of a presynaptic trace, and of an eligibility trace, per step. */
  alpha: number
  kappa: number
  /** Factor of the learning signal into its filter. */
  filterGain: number
}

/** What a READ shows of a device; 0 for what is switched off. */
export interface ReadLaw {
  /** ν of the drift (age/referenceAge)^−ν. */
  exponent: number
  /** s */
  referenceAge: number
  /** READ noise ~ N(0, slope·G + offset), offset in µS. */
  noiseSlope: number
  noiseOffset: number
  /** A READ is clipped to this range, µS. */
  smallest: number
  largest: number
}

/** A crossbar as its READs see it: one column for each presynaptic neuron, in the order [pre][pair][G⁺, G⁻][stride]. */
export interface DeviceColumns {
  readonly post: number
  readonly pre: number
  readonly pairs: number
  /** Columns are this long: `strideOf(post)`. */
  readonly stride: number
  /** Neuron i has no devices to itself. */
  readonly masked: boolean
  /** µS, as drifted until the sequence began. */
  readonly conductance: Numbers
  /** One by the age when the sequence began, 1/s. */
  readonly perAge: Numbers
  /** READs of each column so far, [pre]. */
  readonly reads: Uint32Array
}

/** When and how a crossbar is READ within a sequence; the crossbar changes it from step to step. */
export interface Reading {
  /** Key of the sequence's READ noise. */
  key0: number
  key1: number
  /** Weight of a conductance difference, 1/µS. */
  perConductance: number
  /** Every device is at least 32 times as old as the sequence is long: its drift within it is a short series. */
  settled: boolean
  /** Since the sequence began. */
  seconds: number
  /** Numbers the READs of the sequence: its draws depend on it. */
  readIndex: number
}

/**
 * The hot loops of the engine with the memory they work on. Arrays that a kernel is given must come from the same
 * object. Two implementations: `referenceKernels` (TypeScript, float64), `webAssemblyKernels` (SIMD, float32).
 */
export interface Kernels extends Memory {
  /** current += the columns of the neurons that spike at `step`. columns: [pre][stride], current: [stride] */
  addColumns(spikes: Raster, step: number, stride: number, columns: Numbers, current: Numbers): void

  /** Takes `conductance`, as programmed, to what it has drifted to when the sequence begins. */
  startDrift(columns: DeviceColumns, law: ReadLaw): void

  /** current += (ΣG⁺ − ΣG⁻)·perConductance, each device READ anew, of the neurons that spike at `step`. */
  readColumns(spikes: Raster, step: number, columns: DeviceColumns, law: ReadLaw, reading: Reading, current: Numbers): void

  /**
   * v[t] = α·v[t−1] + g·current − v_th·z[t−1]; spikes of this step go into the raster and are counted; current
   * becomes 0. membrane: [steps][neurons], counts: [neurons]
   */
  stepMembranes(
    step: number, neurons: number, law: MembraneLaw, current: Numbers, membrane: Numbers, spikes: Raster, counts: Uint32Array,
  ): void

  /** traces[t] = decay·traces[t−1] + gain·spike[t−delay]. traces: [steps][width] */
  spikeTraces(spikes: Raster, width: number, decay: number, gain: number, delay: 0 | 1, traces: Numbers): void

  /** ψ = peak·max(0, 1 − |v − v_th|/v_th), element by element; 0 where v is no number. */
  surrogates(threshold: number, peak: number, membrane: Numbers, psi: Numbers): void

  /** L_j[t] = base_j + Σ_o B_oj·error_o[t]. feedback: [outputs][neurons], error: [steps][outputs], signal: [steps][neurons] */
  learningSignals(
    steps: number, neurons: number, outputs: number, base: Numbers, feedback: Numbers, error: Numbers, signal: Numbers,
  ): void

  /**
   * The weight of a presynaptic spike at each step in the gradient, A[t] = ψ[t]·(L̃[t] + pull) + α·A[t+1] with
   * L̃[t] = gain·L[t] + κ·L̃[t+1]; ψ and L as above. membrane, weights (A): [steps][neurons], filtered (scratch): [neurons]
   */
  spikeWeights(
    steps: number, neurons: number, outputs: number, law: EligibilityLaw,
    base: Numbers, pull: Numbers, feedback: Numbers, error: Numbers, membrane: Numbers, filtered: Numbers, weights: Numbers,
  ): void

  /** sums[i] += gain·weights[s + delay] for every spike of neuron i at step s. weights: [steps][post], sums: [pre][stride] */
  gatherSpikes(spikes: Raster, delay: 0 | 1, post: number, gain: number, weights: Numbers, sums: Numbers): void

  /**
   * The online form of the gradient: trace ← decay·trace + gain·ψ[t]·x̄[t] for each synapse, out += L[t]·trace.
   * psi and signal: [steps][post], presynaptic: [steps][pre], trace and out: [post][pre]; trace starts at 0.
   */
  addRunningTraces(
    steps: number, post: number, pre: number, decay: number, gain: number,
    psi: Numbers, signal: Numbers, presynaptic: Numbers, trace: Numbers, out: Numbers,
  ): void

  /**
   * Pairs of standard normals under one key: pair k is the draw at (start + k·stride, readIndex).
   * first, second: [count], count a multiple of eight.
   */
  normalPairs(
    key0: number, key1: number, start: number, stride: number, readIndex: number, first: Numbers, second: Numbers,
  ): void
}

/** Kernels with room for so many bytes of arrays, see `bytesOf`; the reference takes what it needs. */
export type MakeKernels = (bytes: number) => Kernels

export const arithmeticOf = ({ Numbers }: Kernels) => (Numbers === Float64Array ? 'float64' : 'float32')
