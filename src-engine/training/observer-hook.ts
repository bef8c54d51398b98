import type { Numbers } from '../kernels/kernels.ts'
import type { EpropOptions } from '../learning/gradient-form.ts'
import type { Layer } from '../learning/layer.ts'
import type { SequenceRecord } from '../network/forward.ts'

/**
 * Whom a trainer shows one sequence and its update. Everything is the trainer's own: it is to be read at once, and
 * never changed, READ or kept.
 */
export interface ObserverHook {
  /** The sequence was presented and its gradients are found. @param target [steps][outputs] */
  learned(record: SequenceRecord, target: ArrayLike<number>, options: EpropOptions): void
  beforeUpdate(layer: Layer): void
  /** @param gradient [post][pre], clipped, as the scheme was given it */
  afterUpdate(layer: Layer, gradient: Numbers): void
}
