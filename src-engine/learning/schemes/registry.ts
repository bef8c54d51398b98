import type { SchemeKind } from '../../experiment/scheme.ts'
import type { MakeScheme } from '../make-scheme.ts'
import { accumulator } from './accumulator.ts'
import { fp32 } from './fp32.ts'
import { mixedPrecision } from './mixed-precision.ts'
import { multiMemristor } from './multi-memristor.ts'
import { sign } from './sign.ts'
import { stochastic } from './stochastic.ts'
import { updateReady } from './update-ready.ts'

/** The law of every update scheme. */
export const schemeLaws: { readonly [Kind in SchemeKind]: MakeScheme<Kind> } = {
  'fp32': fp32,
  'accumulator': accumulator,
  'sign': sign,
  'stochastic': stochastic,
  'multi-memristor': multiMemristor,
  'mixed-precision': mixedPrecision,
  'update-ready': updateReady,
}
