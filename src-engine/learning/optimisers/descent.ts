import type { OptimiserOf } from '../../experiment/optimiser.ts'
import type { MakeOptimiser } from '../optimiser.ts'

/** Gradient descent: ΔW = −η·gradient. */
export const descent: MakeOptimiser<OptimiserOf<'descent'>> = () => ({
  state: {},
  direction: (gradient) => gradient,
})
