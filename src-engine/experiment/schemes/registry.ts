import { accumulator } from './accumulator.ts'
import { fp32 } from './fp32.ts'
import { mixedPrecision } from './mixed-precision.ts'
import { multiMemristor } from './multi-memristor.ts'
import { sign } from './sign.ts'
import { stochastic } from './stochastic.ts'
import { updateReady } from './update-ready.ts'

/** All update schemes, in the order of the form, legends and tables. The first is the default. */
export const schemes = [
  fp32,
  accumulator,
  sign,
  stochastic,
  multiMemristor,
  mixedPrecision,
  updateReady,
] as const
