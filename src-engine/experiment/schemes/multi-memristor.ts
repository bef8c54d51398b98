import * as z from 'zod'
import { okabeIto } from '../../format/colours.ts'
import { whole } from '../quantity.ts'
import { sources } from '../sources.ts'
import { defineScheme } from './scheme-kind.ts'
import { refresh, smallestJump } from './settings.ts'

export const multiMemristor = defineScheme({
  schema: z.strictObject({
    kind: z.literal('multi-memristor'),
    pairs: whole({
      title: 'Pairs per synapse', min: 1, max: 64, default: 4, slider: [1, 16],
      help: 'Number N of differential pairs in one synapse. A counter distributes the pulses to them in turn.',
      equation: 'w = Σ_n (G⁺_n − G⁻_n)/scale', source: sources.paper,
    }),
    smallestJump,
    refresh: refresh(9, 4.5),
  }).meta({ title: 'Multi-memristor', help: 'Several pairs per synapse receive the pulses in turn, so their noise averages out.' }),
  substrate: 'crossbar',
  pairs: ({ pairs }) => pairs,
  countsPulses: true,
  conventions: ['pairStep'],
  colour: okabeIto.green,
})
