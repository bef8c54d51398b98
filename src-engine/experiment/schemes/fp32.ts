import * as z from 'zod'
import { defineScheme } from './scheme-kind.ts'

export const fp32 = defineScheme({
  schema: z.strictObject({ kind: z.literal('fp32') })
    .meta({ title: 'FP32', help: 'Digital weights without quantisation: the baseline for e-prop itself.' }),
  substrate: 'digital',
  colour: { light: '#000000', dark: '#ffffff' },
})
