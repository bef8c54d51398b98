import * as z from 'zod'
import { okabeIto } from '../../format/colours.ts'
import { real } from '../quantity.ts'
import { sources } from '../sources.ts'
import { defineScheme } from './scheme-kind.ts'
import { accumulatorStep, smallestJump } from './settings.ts'

export const updateReady = defineScheme({
  schema: z.strictObject({
    kind: z.literal('update-ready'),
    accumulatorStep,
    smallestJump,
    limit: real({
      title: 'Reachable conductance', unit: 'µS', min: 0.1, max: 25, default: 10, slider: [1, 12],
      help: 'If the change would raise one device of a pair above this, the other device is RESET first. '
        + 'What is then missing is programmed, up or down.',
      equation: 'RESET the opposite device if |ΔG| > limit − G', source: sources.paper,
    }),
  }).meta({ title: 'Update-ready', help: 'Mixed precision, but where a device cannot take the whole change, the opposite device of its pair is RESET first.' }),
  substrate: 'crossbar',
  countsPulses: true,
  conventions: ['rounding', 'pulseCounts'],
  colour: okabeIto.purple,
})
