import type { OptimiserKind, OptimiserOf } from '../../experiment/optimiser.ts'
import type { MakeOptimiser } from '../optimiser.ts'
import { descent } from './descent.ts'

/** The law of every optimiser. */
export const optimiserLaws: { readonly [Kind in OptimiserKind]: MakeOptimiser<OptimiserOf<Kind>> } = {
  descent,
}
