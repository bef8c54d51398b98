import { exp } from '../../kernels/elementary.ts'
import type { MembraneLaw, Numbers, SurrogateLaw } from '../../kernels/kernels.ts'
import type { Neuron, NeuronModel, NeuronOptions, NeuronRecord, RunningRecord } from './neuron.ts'
import { clearRefractory } from './refractory.ts'

/** Coefficients of LIF neurons. They cover the differences between the paper and NEST. */
export interface LifLaw extends MembraneLaw, SurrogateLaw {
  /** Factor of a spike in its presynaptic trace. Paper: 1. NEST: 1 − α. */
  traceGain: number
}

/** Paper: g = 1, ψ has the height γ, and v must exceed the threshold. NEST: g = 1 − α, γ/v_th, and v may equal it. */
export function lifLaw({ settings, conventions, dt }: NeuronOptions): LifLaw {
  const { tauRecurrent, threshold, refractoryTime, surrogateHeight, surrogateWidth } = settings
  const alpha = exp(-dt / tauRecurrent)
  const nest = conventions.equations === 'nest'
  return {
    alpha,
    membraneGain: nest ? 1 - alpha : 1,
    traceGain: nest ? 1 - alpha : 1,
    threshold,
    spikesAtThreshold: nest,
    refractorySteps: Math.round(refractoryTime / dt),
    surrogatePeak: nest ? surrogateHeight / threshold : surrogateHeight,
    surrogateWidth: surrogateWidth * threshold,
  }
}

/** Leaky integrate-and-fire neurons: v[t] = α·v[t−1] + g·I[t] − v_th·z[t−1]. */
export class LifNeuron implements Neuron {
  readonly law: Readonly<LifLaw>

  constructor(law: LifLaw) {
    this.law = law
  }

  get traceDecay(): number {
    return this.law.alpha
  }

  get traceGain(): number {
    return this.law.traceGain
  }

  get threshold(): number {
    return this.law.threshold
  }

  get refractorySteps(): number {
    return this.law.refractorySteps
  }

  step(t: number, { size, kernels, current, membrane, spikes, spikeCounts, readyAt }: RunningRecord): void {
    kernels.stepMembranes(t, size.neurons, this.law, current, membrane, spikes, spikeCounts, readyAt)
  }

  surrogates({ size, kernels, membrane, spikes }: NeuronRecord, psi: Numbers): number {
    const zeros = kernels.surrogates(this.law, membrane, psi)
    return zeros + clearRefractory(spikes, this.law.refractorySteps, size.neurons, psi)
  }
}

export const lif: NeuronModel = { kind: 'lif', state: [], create: (options) => new LifNeuron(lifLaw(options)) }
