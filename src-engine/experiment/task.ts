import * as z from 'zod'
import { choice, numbers, real, whole } from './quantity.ts'
import { sources } from './sources.ts'

const timing = {
  patterns: whole({ title: 'Patterns', min: 1, max: 256, default: 3, slider: [1, 16], help: 'Number of different sequences to learn. One epoch presents each of them once, in random order.' }),
  steps: whole({ title: 'Steps', min: 2, max: 20_000, default: 1000, slider: [100, 2000], help: 'Number of time steps in one sequence.' }),
  dt: real({ title: 'Time step', unit: 'ms', min: 0.01, max: 100, default: 1, help: 'Duration of one step.', advanced: true }),
  inputChannels: whole({ title: 'Input channels', min: 1, max: 4096, default: 100, slider: [10, 400], help: 'Number of Poisson spike trains. They are drawn once per pattern and then frozen.' }),
  inputRate: real({
    title: 'Input rate', unit: 'Hz', min: 0, max: 1000, default: 50, slider: [0, 200],
    help: 'Mean rate of each input channel.',
    equation: 'P(spike in one step) = rate·dt', source: sources.paper,
  }),
}

const sinusoids = z.strictObject({
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

const signal = z.strictObject({
  kind: z.literal('signal'),
  ...timing,
  patterns: timing.patterns.default(1),
  file: z.string().min(1, 'must name a file').max(1024)
    .meta({
      title: 'File', prompt: 'Choose a file.',
      help: 'A CSV file with a header, or an NPY file. A relative path starts at the folder of the spec. "example:" followed by a name means a shipped file.',
    }),
  column: z.string().max(256).default('')
    .meta({ title: 'Column', help: 'Name of the CSV column, or index of the NPY column, counted from 0. Empty: the first column of numbers.' }),
  normalise: choice(
    {
      'centre': { title: 'Centred', meaning: 'Subtract the mean, then divide by the largest magnitude' },
      'max-abs': { title: 'Largest magnitude', meaning: 'Divide by the largest magnitude' },
      'standard': { title: 'Standard score', meaning: 'Subtract the mean, then divide by the standard deviation' },
      'none': { title: 'None', meaning: 'Keep the values of the file' },
    },
    { title: 'Normalisation', default: 'centre', help: 'How the whole signal is normalised before it is cut into patterns.' },
  ),
  samples: z.array(z.number()).min(2).max(1_000_000).optional()
    .meta({ title: 'Samples', help: 'The signal itself. It is copied from the file when the run is created, so the run does not need the file later.', advanced: true }),
}).meta({ title: 'Imported signal', help: 'The network follows a measured signal. The signal is cut into one segment per pattern, and each segment is resampled to the length of a sequence.' })

/** What the network learns to generate. */
export const taskSchema = z.discriminatedUnion('kind', [sinusoids, signal])
  .prefault({ kind: 'sinusoids' })
  .meta({ title: 'Task', help: 'What the network learns to generate.' })

export type TaskSpec = z.output<typeof taskSchema>
export type SinusoidsSpec = Extract<TaskSpec, { kind: 'sinusoids' }>
export type SignalSpec = Extract<TaskSpec, { kind: 'signal' }>
