import { exp } from '../kernels/elementary.ts'
import type { Conventions } from '../experiment/conventions.ts'
import type { MembraneSettings } from '../experiment/neurons/lif.ts'
import type { NetworkSpec } from '../experiment/spec.ts'
import type { Neuron } from './neurons/neuron.ts'
import { neuronModelOf } from './neurons/registry.ts'

/**
 * Coefficients of the network equations. They cover all differences between the paper and NEST, so one implementation serves both.
 * Paper: arXiv 2108.01804 and its public code. NEST: eprop_iaf_bsshslm_2020.
 */
export interface Equations {
  /** The recurrent neurons. */
  neuron: Neuron
  /** Decay α of presynaptic traces per step, and the factor of a spike in them. Both are the neuron model's. */
  alpha: number
  traceGain: number
  /** Decay κ of readout and eligibility traces per step, exp(−dt/τ_out). */
  kappa: number
  /** Factor of a spike in the readout and in its trace, and factor of the eligibility filter. Paper: 1. NEST: 1 − κ. */
  filterGain: number
  /** Steps until an input spike reaches the membrane. Paper: 1. NEST: 0. */
  inputDelay: 0 | 1
  /** Steps until an input spike enters its eligibility trace. The gradient is correct only if this equals `inputDelay`. */
  inputTraceDelay: 0 | 1
  /** Where the rate error enters. Paper: the learning signal. NEST: a separate, unfiltered term. */
  rateTerm: 'signal' | 'separate'
}

/** Coefficients for a network and its conventions. @param dt step, in the unit of the time constants (ms in a spec) */
export function equationsOf(
  network: MembraneSettings & Pick<NetworkSpec, 'tauOutput' | 'neuron'>,
  conventions: Pick<Conventions, 'equations' | 'inputTrace'>,
  dt: number,
): Equations {
  const kappa = exp(-dt / network.tauOutput)
  const nest = conventions.equations === 'nest'
  const inputDelay = nest ? 0 : 1
  const neuron = neuronModelOf(network).create({ settings: network, conventions, dt })
  return {
    neuron,
    alpha: neuron.traceDecay,
    traceGain: neuron.traceGain,
    kappa,
    filterGain: nest ? 1 - kappa : 1,
    inputDelay,
    inputTraceDelay: conventions.inputTrace === 'early' ? 0 : inputDelay,
    rateTerm: nest ? 'separate' : 'signal',
  }
}
