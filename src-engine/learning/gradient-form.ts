import { type Kernels, type Numbers, strideOf } from '../kernels/kernels.ts'
import type { Raster } from '../kernels/raster.ts'
import type { Equations } from '../network/equations.ts'
import type { NetworkSize } from '../network/forward.ts'
import type { LearningSpec } from '../experiment/spec.ts'

/** Writes what the readout does wrong, [steps][outputs], into `error`: y − y* for squared errors. */
export type FindError = (output: ArrayLike<number>, target: ArrayLike<number>, error: Numbers) => void

export interface EpropOptions extends NetworkSize {
  /** Step dt, s. */
  secondsPerStep: number
  equations: Equations
  learning: Pick<LearningSpec, 'regularisation' | 'targetRate' | 'gradientClip' | 'gradientForm'>
  /** Fixed random feedback B, [outputs][neurons]. */
  feedback: ArrayLike<number>
  /** Error of the loss that is minimised. */
  findError: FindError
  /** False if self-connections (i → i) do not exist. Their gradient is then 0. */
  selfConnected: boolean
  kernels: Kernels
}

/** Quantities of one sequence that its gradient depends on. */
export interface Signals {
  /** As `findError` wrote it, [steps][outputs] */
  error: Numbers
  /** B, [outputs][neurons] */
  feedback: Numbers
  /** Constant part of the learning signal, c_reg·(f_j − f_0), [neurons]; 0 if the rate term is separate. */
  base: Numbers
  /** Factor of ψ_j·x̄_i in the separate rate term (NEST), [neurons]; 0 if the rate error enters the learning signal. */
  ratePull: Numbers
}

/** A way to compute e-prop's sums over time. */
export interface GradientForm {
  /** Receives ψ before `begin`, [steps][neurons]. */
  readonly psi: Numbers
  /** Starts a sequence. */
  begin(signals: Signals): void
  /** Writes the clipped gradient of one layer to `gradient`, [post][pre]. @param delay steps until a spike enters its trace */
  gather(spikes: Raster, pre: number, delay: 0 | 1, gradient: Numbers): void
}

/** Copies `values` into `into`, clipped to ±limit. Both are [post][pre]. */
export function clip(values: Numbers, limit: number, into: Numbers): void {
  for (let k = 0; k < into.length; k++) into[k] = Math.min(Math.max(values[k]!, -limit), limit)
}

/** Copies `values`, [pre][stride], into `into`, [post][pre], clipped to ±limit. */
export function clipTransposed(values: Numbers, post: number, pre: number, limit: number, into: Numbers): void {
  const stride = strideOf(post)
  for (let j = 0, k = 0; j < post; j++) {
    for (let i = 0; i < pre; i++, k++) into[k] = Math.min(Math.max(values[i * stride + j]!, -limit), limit)
  }
}
