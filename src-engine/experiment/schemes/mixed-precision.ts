import * as z from 'zod'
import { okabeIto } from '../../format/colours.ts'
import { defineScheme } from './scheme-kind.ts'
import { accumulatorStep, refresh, smallestJump } from './settings.ts'

export const mixedPrecision = defineScheme({
  schema: z.strictObject({ kind: z.literal('mixed-precision'), accumulatorStep, smallestJump, refresh: refresh(6, 1.5) })
    .meta({ title: 'Mixed precision', help: 'A digital accumulator collects gradients and fires pulses when it reaches a whole step δ.' }),
  substrate: 'crossbar',
  countsPulses: true,
  conventions: ['rounding', 'pulseCounts'],
  colour: okabeIto.vermilion,
})
