import type { Numbers } from '../kernels/kernels.ts'
import type { EpropOptions } from '../learning/gradient-form.ts'
import type { Layer } from '../learning/layer.ts'
import type { SequenceRecord } from '../network/forward.ts'

/**
 * Hook that receives live views of one sequence and its update. The trainer owns them and overwrites them later.
 * Copy what you keep. Never change a value and never READ a device, because both would change the run.
 */
export interface ObserverHook {
  /** Called after a sequence was presented and its gradients are computed. @param target [steps][outputs] */
  learned(record: SequenceRecord, target: ArrayLike<number>, options: EpropOptions): void
  /** Called before the update of each layer. @param gradient [post][pre], of this sequence */
  beforeUpdate(layer: Layer, gradient: Numbers): void
  /** Called after the update of each layer. @param direction [post][pre]; the wanted change is −η times it */
  afterUpdate(layer: Layer, direction: Numbers): void
}
