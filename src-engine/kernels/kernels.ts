import type { Memory, Numbers } from './memory.ts'
import type { Raster } from './raster.ts'

export * from './memory.ts'

/** Coefficients of one membrane step. */
export interface MembraneLaw {
  /** Decay α per step. */
  alpha: number
  /** Factor g of the synaptic current. */
  membraneGain: number
  /** v_th, in units of weight. */
  threshold: number
  /** Whether a neuron also spikes at v = v_th. */
  spikesAtThreshold: boolean
  /** Steps after a spike in which the neuron cannot spike. */
  refractorySteps: number
}

/** Coefficients of the surrogate derivative ψ. */
export interface SurrogateLaw {
  threshold: number
  /** ψ at the threshold. */
  surrogatePeak: number
  /** Distance |v − v_th| from which on ψ is 0, in units of weight. */
  surrogateWidth: number
}

/** Coefficients of the filters in a gradient. */
export interface EligibilityLaw {
  /** Decay α of a presynaptic trace per step, and decay κ of an eligibility trace per step. */
  alpha: number
  kappa: number
  /** Factor of the learning signal at the input of its filter. */
  filterGain: number
}

/** Drift and noise of a READ. Effects that are switched off have coefficient 0. */
export interface ReadLaw {
  /** Exponent ν of the drift (age/referenceAge)^−ν. */
  exponent: number
  /** Age at which the drift is 1, s. */
  referenceAge: number
  /** READ noise ~ N(0, noiseSlope·G + noiseOffset), with the offset in µS. */
  noiseSlope: number
  noiseOffset: number
  /** A READ is clipped to this range, µS. */
  smallest: number
  largest: number
}

/** A crossbar in the layout that READs use: one column for each presynaptic neuron, in the order [pre][pair][G⁺, G⁻][stride]. */
export interface DeviceColumns {
  readonly post: number
  readonly pre: number
  readonly pairs: number
  /** Length of a column, `strideOf(post)`. */
  readonly stride: number
  /** Whether self-connections (i → i) have no devices. */
  readonly masked: boolean
  /** Conductance, µS; after `startDrift`, with the drift up to the beginning of the sequence. */
  readonly conductance: Numbers
  /** Reciprocal of the age at the beginning of the sequence, 1/s. */
  readonly perAge: Numbers
  /** READs of each column in this sequence so far, [pre]. */
  readonly reads: Uint32Array
}

/**
 * Mean and variance of a READ of each synapse's ΣG⁺ − ΣG⁻ over an interval of the sequence, [pre][stride]. Both change linearly
 * with `passed`. Synapses that do not exist have 0.
 */
export interface ReadMoments {
  /** At the beginning of the interval, µS, and the change until its end. */
  readonly mean: Numbers
  readonly meanChange: Numbers
  /** At the beginning of the interval, µS², and the change until its end. */
  readonly variance: Numbers
  readonly varianceChange: Numbers
  /** Fraction of the interval's drift that has passed. */
  passed: number
}

/** Time and noise of a READ within a sequence. The crossbar updates it at every step. */
export interface Reading {
  /** Key of the sequence's READ noise. */
  key0: number
  key1: number
  /** Weight per conductance difference, 1/µS. */
  perConductance: number
  /** Whether every device is at least 32 times as old as the sequence is long. Its drift within the sequence is then a short series. */
  settled: boolean
  /** Time since the beginning of the sequence, s. */
  seconds: number
  /** Index of the READ within the sequence. Its noise depends on it. */
  readIndex: number
}

/**
 * The hot loops of the engine and the memory they work on. Pass a kernel only arrays from the same `Kernels` object.
 * There are two implementations: `referenceKernels` (TypeScript, float64) and `webAssemblyKernels` (SIMD, float32).
 */
export interface Kernels extends Memory {
  /** Adds the columns of the neurons that spike at `step` to `current`. columns: [pre][stride], current: [stride] */
  addColumns(spikes: Raster, step: number, stride: number, columns: Numbers, current: Numbers): void

  /** Replaces the programmed conductances by their values after drifting until the beginning of the sequence. */
  startDrift(columns: DeviceColumns, law: ReadLaw): void

  /**
   * Adds (ΣG⁺ − ΣG⁻)·perConductance of the neurons that spike at `step` to `current`, [stride]. Each spike READs every device of its
   * column once, with new noise, and adds 1 to `columns.reads`.
   */
  readColumns(spikes: Raster, step: number, columns: DeviceColumns, law: ReadLaw, reading: Reading, current: Numbers): void

  /**
   * Computes the moments of the READs of one column over an interval of the sequence, from their values and derivatives in its middle.
   * @param from beginning of the interval, s since the beginning of the sequence
   * @param until its end
   * @param settled see `Reading`
   */
  sumMoments(
    column: number, columns: DeviceColumns, law: ReadLaw, from: number, until: number, settled: boolean, moments: ReadMoments,
  ): void

  /**
   * Like `readColumns`, but adds one normal draw per postsynaptic neuron with the mean and variance of the sum of its READs.
   * Neurons 2k and 2k + 1 have the draws at the counters (k, readIndex). There must be a spike.
   */
  readSums(spikes: Raster, step: number, columns: DeviceColumns, moments: ReadMoments, reading: Reading, current: Numbers): void

  /**
   * Advances all membranes by one step: v[t] = α·v[t−1] + g·current − v_th·z[t−1]. Adds the spikes of this step to the raster
   * and to `counts`, and sets `current` to 0. `readyAt` is the first step at which each neuron may spike again.
   * membrane: [steps][neurons], counts and readyAt: [neurons]
   */
  stepMembranes(
    step: number, neurons: number, law: MembraneLaw,
    current: Numbers, membrane: Numbers, spikes: Raster, counts: Uint32Array, readyAt: Uint32Array,
  ): void

  /** traces[t] = decay·traces[t−1] + gain·spike[t−delay]. traces: [steps][width] */
  spikeTraces(spikes: Raster, width: number, decay: number, gain: number, delay: 0 | 1, traces: Numbers): void

  /** ψ = peak·max(0, 1 − |v − v_th|/width) for each element; 0 if v is NaN. Returns the number of elements with ψ = 0. */
  surrogates(law: SurrogateLaw, membrane: Numbers, psi: Numbers): number

  /** L_j[t] = base_j + Σ_o B_oj·error_o[t]. feedback: [outputs][neurons], error: [steps][outputs], signal: [steps][neurons] */
  learningSignals(
    steps: number, neurons: number, outputs: number, base: Numbers, feedback: Numbers, error: Numbers, signal: Numbers,
  ): void

  /**
   * Weight A of a presynaptic spike in the gradient at each step: A[t] = ψ[t]·(L̃[t] + pull) + α·A[t+1] with
   * L̃[t] = gain·L[t] + κ·L̃[t+1], and L as above. `weights` holds ψ, which A replaces.
   * weights: [steps][neurons], filtered (scratch): [neurons]
   */
  spikeWeights(
    steps: number, neurons: number, outputs: number, law: EligibilityLaw,
    base: Numbers, pull: Numbers, feedback: Numbers, error: Numbers, filtered: Numbers, weights: Numbers,
  ): void

  /** For every spike of neuron i at step s: sums[i] += gain·weights[s + delay]. weights: [steps][post], sums: [pre][stride] */
  gatherSpikes(spikes: Raster, delay: 0 | 1, post: number, gain: number, weights: Numbers, sums: Numbers): void

  /**
   * Online form of the gradient: trace ← decay·trace + gain·ψ[t]·x̄[t] for each synapse, then out += L[t]·trace. The trace starts
   * at 0. psi and signal: [steps][post], presynaptic: [steps][pre], trace and out: [post][pre]
   */
  addRunningTraces(
    steps: number, post: number, pre: number, decay: number, gain: number,
    psi: Numbers, signal: Numbers, presynaptic: Numbers, trace: Numbers, out: Numbers,
  ): void

  /**
   * Pairs of standard normals under one key. Pair k is the draw at the counters (start + k·stride, readIndex).
   * first and second: [count], where count is a multiple of eight
   */
  normalPairs(
    key0: number, key1: number, start: number, stride: number, readIndex: number, first: Numbers, second: Numbers,
  ): void
}

/** Creates kernels with memory for `bytes` bytes of arrays (see `bytesOf`). The reference allocates on demand and ignores it. */
export type MakeKernels = (bytes: number) => Kernels

export const arithmeticOf = ({ Numbers }: Kernels) => (Numbers === Float64Array ? 'float64' : 'float32')
