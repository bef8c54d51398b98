import { squaredError } from '../kernels/error.ts'
import type { LossLaw } from './law.ts'

/** Mean of (y − y*)² over steps and outputs. */
export const meanSquaredError: LossLaw = {
  of: (output, target) => squaredError(output, target) / output.length,
  error(output, target, error) {
    for (let k = 0; k < output.length; k++) error[k] = output[k]! - target[k]!
  },
  zero: (targets) => meanOver(targets, 0, 1, (y) => y * y),
  constant(targets, outputs) {
    const variances = Array.from({ length: outputs }, (_, output) => {
      const mean = meanOver(targets, output, outputs, (y) => y)
      return meanOver(targets, output, outputs, (y) => (y - mean) * (y - mean))
    })
    return variances.reduce((sum, variance) => sum + variance, 0) / outputs
  },
}

/** Mean over all patterns of the mean over every `stride`th value from `first` on. @param targets all of one length */
function meanOver(targets: readonly Float64Array[], first: number, stride: number, value: (y: number) => number): number {
  const means = targets.map((target) => {
    let sum = 0
    for (let k = first; k < target.length; k += stride) sum += value(target[k]!)
    return sum / (target.length / stride)
  })
  return means.reduce((sum, mean) => sum + mean, 0) / means.length
}
