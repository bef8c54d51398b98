import * as z from 'zod'
import { GREY } from '../../format/colours.ts'
import { defineScheme } from './scheme-kind.ts'
import { accumulatorStep } from './settings.ts'

export const accumulator = defineScheme({
  schema: z.strictObject({ kind: z.literal('accumulator'), accumulatorStep })
    .meta({ title: 'Accumulator', help: 'Digital weights that change in whole steps δ of an accumulated gradient. It uses no devices.' }),
  substrate: 'digital',
  conventions: ['rounding'],
  colour: GREY,
})
