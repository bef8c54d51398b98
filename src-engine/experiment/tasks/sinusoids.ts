import * as z from 'zod'
import { formatExact, formatNumber } from '../../format/numbers.ts'
import { listed } from '../../format/words.ts'
import { mse } from '../metrics.ts'
import type { Problem } from '../problem.ts'
import { numbers, real } from '../quantity.ts'
import { sources } from '../sources.ts'
import type { Warning } from '../warning.ts'
import type { TaskKind } from './kind.ts'
import { timing } from './timing.ts'

const schema = z.strictObject({
  kind: z.literal('sinusoids'),
  ...timing,
  frequencies: numbers({
    title: 'Frequencies', unit: 'Hz', min: 0.001, max: 1000, most: 32, default: [1, 2, 3, 5],
    help: 'The target is the sum of one sinusoid per frequency, divided by its largest magnitude.',
    equation: 'y*(t) = Σ_k A_k·sin(2π·f_k·t + φ_k) / max|·|, φ_k ~ U(0, 2π)', source: sources.paper,
  }),
  amplitudeMin: real({
    title: 'Smallest amplitude', min: 0, max: 100, default: 0.5, slider: [0, 5],
    help: 'Before normalisation, amplitudes are uniform between the smallest and the largest.',
    equation: 'A_k ~ U(smallest, largest)', source: sources.paper,
  }),
  amplitudeMax: real({
    title: 'Largest amplitude', min: 0, max: 100, default: 2, slider: [0, 5],
    help: 'Before normalisation, amplitudes are uniform between the smallest and the largest.',
    equation: 'A_k ~ U(smallest, largest)', source: sources.paper,
  }),
}).meta({ title: 'Sinusoid patterns', help: 'The network generates sums of sinusoids from frozen Poisson input.' })

export type SinusoidsSpec = z.output<typeof schema>

export const sinusoids = {
  kind: 'sinusoids',
  schema,
  minimises: mse,
  reports: [],
  equation: 'y*(t) = Σ_k A_k·sin(2π·f_k·t + φ_k) / max|·|',
  required: [],
  outputs: () => 1,
  lacksData: () => false,
  problems,
  warnings: aliasedFrequencies,
} as const satisfies TaskKind<SinusoidsSpec>

function problems({ amplitudeMin, amplitudeMax }: SinusoidsSpec): Problem[] {
  const found: Problem[] = []
  if (amplitudeMax < amplitudeMin) {
    found.push({ path: 'task.amplitudeMax', rule: `must be at least the smallest amplitude, ${amplitudeMin}`, found: String(amplitudeMax) })
  }
  if (amplitudeMax === 0) {
    found.push({ path: 'task.amplitudeMax', rule: 'must be above 0, because a target of zeros cannot be normalised', found: '0' })
  }
  return found
}

/** Frequencies that the time step cannot represent: they look like lower ones. */
function aliasedFrequencies({ dt, frequencies }: SinusoidsSpec): Warning[] {
  const sampling = 1000 / dt
  const aliased = frequencies.filter((frequency) => frequency > sampling / 2)
  if (aliased.length === 0) return []
  const seen = aliased.map((frequency) => formatNumber(Math.abs(frequency - sampling * Math.round(frequency / sampling))))
  const are = aliased.length === 1 ? 'is' : 'are'
  return [{
    path: 'task.frequencies',
    message: `${listed(aliased.map(formatExact), 'and')} Hz ${are} above ${formatNumber(sampling / 2)} Hz, `
      + `half of the sampling rate at a time step of ${formatExact(dt)} ms. `
      + `In the target, ${aliased.length === 1 ? 'it looks' : 'they look'} like ${listed(seen, 'and')} Hz.`,
  }]
}
