import type { Conventions } from '../../experiment/conventions.ts'
import type { MembraneSettings } from '../../experiment/neurons/lif.ts'
import type { NeuronSettings } from '../../experiment/neurons/registry.ts'
import type { Kernels, Numbers } from '../../kernels/kernels.ts'
import type { Raster } from '../../kernels/raster.ts'

/** What a neuron model sees of one sequence. Arrays are in the memory of `kernels`. */
export interface NeuronRecord {
  readonly size: { readonly steps: number; readonly neurons: number }
  readonly kernels: Kernels
  /** Membrane potential, [steps][neurons]. */
  readonly membrane: Numbers
  /** Other state of the model by its names, each [steps][neurons]. */
  readonly state: Readonly<Record<string, Numbers>>
  readonly spikes: Raster
}

/** The record while the sequence is presented. */
export interface RunningRecord extends NeuronRecord {
  /** Summed synaptic current of this step, [neurons], padded. */
  readonly current: Numbers
  /** Number of spikes of each neuron, [neurons]. */
  readonly spikeCounts: Uint32Array
  /** First step at which each neuron may spike again, [neurons]. */
  readonly readyAt: Uint32Array
}

/** Neurons of one model with its law: what the forward pass and e-prop need of them. */
export interface Neuron {
  /** Decay per step of the trace that a presynaptic spike leaves at the membrane, and the spike's factor in it. */
  readonly traceDecay: number
  readonly traceGain: number
  /** Firing threshold at rest, in units of weight. */
  readonly threshold: number
  /** Steps after a spike in which a neuron cannot spike. */
  readonly refractorySteps: number
  /** Advances all neurons by one step: adds its spikes to the raster and the counts, and sets `current` to 0. */
  step(t: number, record: RunningRecord): void
  /** Writes the surrogate derivative ψ of every neuron and step, [steps][neurons]. Returns the number of elements with ψ = 0. */
  surrogates(record: NeuronRecord, psi: Numbers): number
  /** Writes the firing threshold of every neuron and step, [steps][neurons]. Missing where it does not change. */
  thresholds?(record: NeuronRecord, thresholds: Numbers): void
}

/** What the law of a model is made from. */
export interface NeuronOptions {
  settings: MembraneSettings & { neuron?: NeuronSettings }
  conventions: Pick<Conventions, 'equations'>
  /** Step, in the unit of the time constants (ms in a spec). */
  dt: number
}

/** A neuron model. Its kernels may be its own in plain TypeScript, if they work on both types of numbers. */
export interface NeuronModel {
  kind: string
  /** Names of the state that it keeps besides the membrane potential. */
  state: readonly string[]
  create(options: NeuronOptions): Neuron
}
