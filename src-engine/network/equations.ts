import { exp } from '../kernels/elementary.ts'
import type { Conventions } from '../spec/conventions.ts'
import type { NetworkSpec } from '../spec/spec.ts'

/**
 * The numbers in which the paper's equations and NEST's differ, so that one implementation serves both.
 * Paper: arXiv 2108.01804 with its public code. NEST: eprop_iaf_bsshslm_2020.
 */
export interface Equations {
  /** Membrane and trace decay per step, exp(−dt/τ). */
  alpha: number
  /** Readout and eligibility decay per step. */
  kappa: number
  threshold: number
  /** Factor of synaptic input into the membrane: 1, NEST 1 − α. */
  membraneGain: number
  /** Factor of a spike into its presynaptic trace: 1, NEST 1 − α. */
  traceGain: number
  /** Factor of a spike into the readout, its trace and the eligibility filter: 1, NEST 1 − κ. */
  filterGain: number
  /** ψ at the threshold: γ, NEST γ/v_th. */
  surrogatePeak: number
  /** Steps until an input spike reaches the membrane: 1, NEST 0. */
  inputDelay: 0 | 1
  /** Steps until an input spike enters its eligibility trace; equals `inputDelay` where the gradient is right. */
  inputTraceDelay: 0 | 1
  /** v above or at the threshold spikes. */
  spikesAtThreshold: boolean
  /** The rate error enters the learning signal, or NEST: a term of its own, unfiltered. */
  rateTerm: 'signal' | 'separate'
}

/** @param dt step, in the unit of the time constants: ms in a spec */
export function equationsOf(
  network: Pick<NetworkSpec, 'tauRecurrent' | 'tauOutput' | 'threshold' | 'surrogateHeight'>,
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
    surrogatePeak: nest ? network.surrogateHeight / network.threshold : network.surrogateHeight,
    inputDelay,
    inputTraceDelay: conventions.inputTrace === 'early' ? 0 : inputDelay,
    spikesAtThreshold: nest,
    rateTerm: nest ? 'separate' : 'signal',
  }
}
