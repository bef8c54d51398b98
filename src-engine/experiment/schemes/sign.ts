import * as z from 'zod'
import { okabeIto } from '../../format/colours.ts'
import { real } from '../quantity.ts'
import { sources } from '../sources.ts'
import { defineScheme } from './scheme-kind.ts'
import { refresh } from './settings.ts'

const layerFactor = (title: string, layer: string) => real({
  title, min: 0, max: 1000, default: 1, slider: [0, 10], advanced: true,
  help: `The stop-learning threshold of the ${layer} weights is θ times this factor.`,
  equation: 'SET G⁺ if gradient < −factor·θ, G⁻ if gradient > factor·θ', source: `${sources.paper}, where it is 1`,
})

export const sign = defineScheme({
  schema: z.strictObject({
    kind: z.literal('sign'),
    stopThreshold: real({
      title: 'Stop-learning threshold θ', min: 0, max: 100, default: 0,
      help: 'A gradient below −θ fires one SET on G⁺. A gradient above θ fires one SET on G⁻.',
      equation: 'SET G⁺ if gradient < −θ, G⁻ if gradient > θ', source: sources.paper,
    }),
    thresholdRecurrent: layerFactor('Recurrent threshold factor', 'recurrent'),
    thresholdOutput: layerFactor('Readout threshold factor', 'readout'),
    refresh: refresh(9, 2.25),
  }).meta({ title: 'Sign', help: 'One SET per synapse and update, against the gradient.' }),
  substrate: 'crossbar',
  usesRate: false,
  colour: okabeIto.orange,
})
