import * as z from 'zod'
import { okabeIto } from '../../format/colours.ts'
import { real } from '../quantity.ts'
import { sources } from '../sources.ts'
import { defineScheme } from './scheme-kind.ts'
import { refresh } from './settings.ts'

export const stochastic = defineScheme({
  schema: z.strictObject({
    kind: z.literal('stochastic'),
    probabilityScale: real({
      title: 'Probability scale', unit: 'µS', min: 1e-6, max: 1e6, default: 1, logarithmic: true, slider: [0.01, 100],
      help: 'A SET is fired with the probability |ΔW|·scale/p, where p is this value.',
      equation: 'P(SET) = |ΔW|·scale/p', source: sources.paper,
    }),
    refresh: refresh(9, 2.25),
  }).meta({ title: 'Stochastic', help: 'One SET, with a probability proportional to the weight change.' }),
  substrate: 'crossbar',
  colour: okabeIto.skyBlue,
})
