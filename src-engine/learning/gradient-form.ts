import { type Kernels, type Numbers, strideOf } from '../kernels/kernels.ts'
import type { Raster } from '../kernels/raster.ts'
import type { Equations } from '../network/equations.ts'
import type { NetworkSize } from '../network/forward.ts'
import type { LearningSpec } from '../spec/spec.ts'

export interface EpropOptions extends NetworkSize {
  /** s */
  secondsPerStep: number
  equations: Equations
  learning: Pick<LearningSpec, 'regularisation' | 'targetRate' | 'gradientClip' | 'gradientForm'>
  /** Fixed random feedback B, [outputs][neurons]. */
  feedback: ArrayLike<number>
  /** False where a neuron is not its own presynaptic neuron: its gradient is 0. */
  selfConnected: boolean
  kernels: Kernels
}

/** What a sequence leaves for its gradient. */
export interface Signals {
  /** Membrane potential, [steps][neurons]. */
  membrane: Numbers
  /** y − y*, [steps][outputs] */
  error: Numbers
  /** B, [outputs][neurons] */
  feedback: Numbers
  /** What regularisation adds to the learning signal at every step, [neurons]. */
  base: Numbers
  /** Gradient of the separate rate term per unit of presynaptic trace, [neurons]. */
  ratePull: Numbers
}

/** A way to the sums over time of e-prop. */
export interface GradientForm {
  /** Takes up a sequence. */
  begin(signals: Signals): void
  /** Gradient of one layer of it, clipped, into `gradient`, [post][pre]. @param delay steps until a spike enters its trace */
  gather(spikes: Raster, pre: number, delay: 0 | 1, gradient: Numbers): void
}

/** Clips [post][pre] into `into`. */
export function clip(values: Numbers, limit: number, into: Numbers): void {
  for (let k = 0; k < into.length; k++) into[k] = Math.min(Math.max(values[k], -limit), limit)
}

/** Clips [pre][stride] into `into`, [post][pre]. */
export function clipTransposed(values: Numbers, post: number, pre: number, limit: number, into: Numbers): void {
  const stride = strideOf(post)
  for (let j = 0, k = 0; j < post; j++) {
    for (let i = 0; i < pre; i++, k++) into[k] = Math.min(Math.max(values[i * stride + j], -limit), limit)
  }
}
