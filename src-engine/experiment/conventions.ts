import type * as z from 'zod'
import { choice, group } from './quantity.ts'
import { sources } from './sources.ts'

/**
 * One choice for each point on which the paper, its public code and NEST disagree. Defects 8 and 9 of the public code (uncounted
 * RESETs, only the last sample's loss) have no switch: all pulses are counted and the loss of every pattern is kept.
 */
export const conventionsSchema = group({
  equations: choice(
    {
      paper: { title: 'Paper', meaning: 'arXiv 2108.01804: filters are not normalised, and the learning signal includes the rate error' },
      nest: { title: 'NEST', meaning: 'eprop_iaf: filters are normalised by 1 − α and 1 − κ, ψ is divided by the threshold, the rate term is separate' },
    },
    {
      title: 'Equations', default: 'paper', help: 'How the filters, the surrogate gradient and the regulariser are normalised.',
      equation: 'Paper: v ← α·v + I. NEST: v ← α·v + (1 − α)·I, ψ = (γ/v_th)·max(0, 1 − |v − v_th|/(w·v_th))',
      source: `${sources.paper}; ${sources.nest}`,
    },
  ),
  inputTrace: choice(
    {
      aligned: { title: 'Aligned', meaning: 'Corrected: a spike enters the trace when it reaches the membrane' },
      early: { title: 'One step early', meaning: 'Published: 3.8 % off the true gradient' },
    },
    {
      title: 'Input eligibility trace', default: 'aligned', help: 'When an input spike enters its eligibility trace.',
      equation: 'Aligned: x̄[t] = α·x̄[t−1] + x[t−1]. Early: x̄[t] = α·x̄[t−1] + x[t]', source: sources.code,
    },
  ),
  rounding: choice(
    {
      truncate: { title: 'Toward zero', meaning: 'Gradients smaller than one step fire no pulse, as in the paper' },
      floor: { title: 'Toward −∞', meaning: 'Even the smallest negative gradient fires a pulse, as in the public code on PyTorch 1.13 and later' },
    },
    {
      title: 'Accumulator rounding', default: 'truncate',
      help: 'How the accumulator is rounded to whole steps δ. The public code calls torch.floor_divide, which rounded toward zero when the '
        + 'paper was written. It rounds toward −∞ since PyTorch 1.13 (2022).',
      equation: 'Toward zero: q = trunc(χ/δ)·δ. Toward −∞: q = ⌊χ/δ⌋·δ', source: sources.code,
    },
  ),
  pulseCounts: choice(
    {
      'per-synapse': { title: 'Whole pulses', meaning: 'Corrected: each synapse gets its own whole number of pulses' },
      'round-up': { title: 'Rounded up', meaning: 'Published: a fraction of a pulse is fired as a whole one' },
    },
    { title: 'Pulse counts', default: 'per-synapse', help: 'How a weight change is converted to a number of SETs.' },
  ),
  timeline: choice(
    {
      wait: { title: 'Wait 38.6 s', meaning: 'Corrected: the sequence starts 38.6 s after the WRITE' },
      immediate: { title: 'No wait', meaning: 'Published: READs start 0.5 ms after the WRITE, where the drift law was never fitted' },
    },
    { title: 'Timeline', default: 'wait', help: 'The time between writing the devices and presenting the next sequence.' },
  ),
  estimate: choice(
    {
      stored: { title: 'Stored conductance', meaning: 'Published: the programmed conductance, without drift and noise' },
      read: { title: 'One READ', meaning: 'One READ of each device involved' },
    },
    { title: 'Conductance estimate', default: 'stored', help: 'How a scheme estimates a device\'s conductance when it plans an update.' },
  ),
  pairStep: choice(
    {
      sum: { title: 'Sum of pairs', meaning: 'Corrected: the N pairs share the change, because a READ sums them' },
      mean: { title: 'Mean of pairs', meaning: 'Published: planned for the mean, so the step is N times too large' },
    },
    {
      title: 'Step of N pairs', default: 'sum', help: 'Whether the planned change takes into account that a READ sums all pairs.',
      equation: 'Sum: pulses = trunc(|ΔW|·scale/ε). Mean: pulses = trunc(|ΔW|·scale/(ε/N))', source: sources.code,
    },
  ),
  selfConnections: choice(
    {
      masked: { title: 'Masked', meaning: 'Corrected: no neuron has devices to itself' },
      noise: { title: 'Noisy', meaning: 'Published: they are RESET before each sequence, and their READ noise enters the membrane' },
    },
    { title: 'Self-connections', default: 'masked', help: 'The diagonal of the recurrent crossbar.' },
  ),
}, { title: 'Conventions', help: 'Corrected by default. The published set reproduces the public implementation of the paper with its known defects.' })

export type Conventions = z.output<typeof conventionsSchema>

/**
 * Named sets of conventions. A spec may have the name in place of the choices. 'published' is the public code as it ran when the paper
 * was written. 'published-floored' is the same code on PyTorch 1.13 or later, and what version 0.1.0 called 'published'.
 */
export const conventionSets = {
  corrected: {
    equations: 'paper', inputTrace: 'aligned', rounding: 'truncate', pulseCounts: 'per-synapse',
    timeline: 'wait', estimate: 'stored', pairStep: 'sum', selfConnections: 'masked',
  },
  published: {
    equations: 'paper', inputTrace: 'early', rounding: 'truncate', pulseCounts: 'round-up',
    timeline: 'immediate', estimate: 'stored', pairStep: 'mean', selfConnections: 'noise',
  },
  'published-floored': {
    equations: 'paper', inputTrace: 'early', rounding: 'floor', pulseCounts: 'round-up',
    timeline: 'immediate', estimate: 'stored', pairStep: 'mean', selfConnections: 'noise',
  },
  nest: {
    equations: 'nest', inputTrace: 'aligned', rounding: 'truncate', pulseCounts: 'per-synapse',
    timeline: 'wait', estimate: 'stored', pairStep: 'sum', selfConnections: 'masked',
  },
} as const satisfies Record<string, Conventions>

export type ConventionSet = keyof typeof conventionSets

export const conventionSetTitles: Readonly<Record<ConventionSet, string>> =
  { 'corrected': 'Corrected', 'published': 'Published', 'published-floored': 'Published, floored', 'nest': 'NEST' }
