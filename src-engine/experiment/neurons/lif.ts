import * as z from 'zod'
import { real } from '../quantity.ts'
import { sources } from '../sources.ts'
import type { NeuronKind } from './kind.ts'

/** Settings of the membrane, which lie in the network's group. Other kinds may use them too. */
export const membraneSettings = {
  tauRecurrent: real({
    title: 'Membrane time constant', unit: 'ms', min: 0.1, max: 10_000, default: 30, slider: [1, 200],
    help: 'τ of the recurrent neurons: α = exp(−dt/τ).',
    equation: 'α = exp(−dt/τ)', source: sources.paper,
  }),
  threshold: real({
    title: 'Firing threshold', min: 1e-4, max: 1000, default: 0.1, logarithmic: true, slider: [0.01, 10],
    help: 'A neuron spikes when its membrane potential exceeds the threshold. The threshold is then subtracted from the potential.',
    equation: 'z[t+1] = 1 if v[t+1] > v_th', source: sources.paper,
  }),
  refractoryTime: real({
    title: 'Refractory time', unit: 'ms', min: 0, max: 1000, default: 0, slider: [0, 20],
    help: 'After a spike, the neuron cannot spike for this time, rounded to whole steps. Its potential changes as before, and its ψ is 0. '
      + 'At 0, a neuron may spike at every step.',
    equation: 'z[t] = 0 and ψ[t] = 0 for t_spike < t ≤ t_spike + t_ref', source: sources.nest,
  }),
  surrogateHeight: real({
    title: 'Surrogate height γ', min: 0, max: 10, default: 0.3, slider: [0, 1], advanced: true,
    help: 'Largest value of ψ, the pseudo-derivative of the spike (Bellec et al. 2020). ψ has it at the threshold.',
    equation: 'ψ = γ·max(0, 1 − |v − v_th|/(w·v_th))', source: sources.eprop,
  }),
  surrogateWidth: real({
    title: 'Surrogate width w', min: 0.01, max: 1000, default: 1, logarithmic: true, slider: [0.1, 10], advanced: true,
    help: 'ψ reaches 0 at this distance from the threshold, as a multiple of the threshold. At 1, ψ is 0 for v ≤ 0 and v ≥ 2·v_th. '
      + 'A neuron that stays where ψ is 0 learns nothing.',
    equation: 'ψ = γ·max(0, 1 − |v − v_th|/(w·v_th))', source: `${sources.eprop}, where w is 1`,
  }),
}

export type MembraneSettings = z.output<z.ZodObject<typeof membraneSettings>>

/** Leaky integrate-and-fire. It has no settings besides those of the membrane. */
export const lif = {
  kind: 'lif',
  title: 'Leaky integrate-and-fire',
  meaning: 'The potential leaks, and a spike subtracts the threshold from it',
  schema: z.strictObject({ kind: z.literal('lif') }),
} as const satisfies NeuronKind
