import { exp } from '../kernels/elementary.ts'
import type { Conventions } from '../experiment/conventions.ts'
import type { NetworkSpec } from '../experiment/spec.ts'

/**
 * Coefficients of the network equations. They cover all differences between the paper and NEST, so one implementation serves both.
 * Paper: arXiv 2108.01804 and its public code. NEST: eprop_iaf_bsshslm_2020.
 */
export interface Equations {
  /** Decay α of membrane and presynaptic traces per step, exp(−dt/τ_rec). */
  alpha: number
  /** Decay κ of readout and eligibility traces per step, exp(−dt/τ_out). */
  kappa: number
  /** v_th, in units of weight. */
  threshold: number
  /** Factor of the synaptic input to the membrane. Paper: 1. NEST: 1 − α. */
  membraneGain: number
  /** Factor of a spike in its presynaptic trace. Paper: 1. NEST: 1 − α. */
  traceGain: number
  /** Factor of a spike in the readout and in its trace, and factor of the eligibility filter. Paper: 1. NEST: 1 − κ. */
  filterGain: number
  /** Steps after a spike in which the neuron cannot spike. */
  refractorySteps: number
  /** ψ at the threshold. Paper: γ. NEST: γ/v_th. */
  surrogatePeak: number
  /** Distance |v − v_th| from which on ψ is 0, in units of weight. */
  surrogateWidth: number
  /** Steps until an input spike reaches the membrane. Paper: 1. NEST: 0. */
  inputDelay: 0 | 1
  /** Steps until an input spike enters its eligibility trace. The gradient is correct only if this equals `inputDelay`. */
  inputTraceDelay: 0 | 1
  /** Whether a neuron also spikes at v = v_th. Paper: false. NEST: true. */
  spikesAtThreshold: boolean
  /** Where the rate error enters. Paper: the learning signal. NEST: a separate, unfiltered term. */
  rateTerm: 'signal' | 'separate'
}

/** Coefficients for a network and its conventions. @param dt step, in the unit of the time constants (ms in a spec) */
export function equationsOf(
  network: Pick<NetworkSpec, 'tauRecurrent' | 'tauOutput' | 'threshold' | 'refractoryTime' | 'surrogateHeight' | 'surrogateWidth'>,
  conventions: Pick<Conventions, 'equations' | 'inputTrace'>,
  dt: number,
): Equations {
  const alpha = exp(-dt / network.tauRecurrent)
  const kappa = exp(-dt / network.tauOutput)
  const nest = conventions.equations === 'nest'
  const inputDelay = nest ? 0 : 1
  return {
    alpha,
    kappa,
    threshold: network.threshold,
    membraneGain: nest ? 1 - alpha : 1,
    traceGain: nest ? 1 - alpha : 1,
    filterGain: nest ? 1 - kappa : 1,
    refractorySteps: Math.round(network.refractoryTime / dt),
    surrogatePeak: nest ? network.surrogateHeight / network.threshold : network.surrogateHeight,
    surrogateWidth: network.surrogateWidth * network.threshold,
    inputDelay,
    inputTraceDelay: conventions.inputTrace === 'early' ? 0 : inputDelay,
    spikesAtThreshold: nest,
    rateTerm: nest ? 'separate' : 'signal',
  }
}
