import * as z from 'zod'
import { choice, real, whole } from './quantity.ts'
import { sources } from './sources.ts'

const timing = {
  patterns: whole({ title: 'Patterns', min: 1, max: 256, default: 3, slider: [1, 16], help: 'How many different sequences are learned. One epoch presents each once, in random order.' }),
  steps: whole({ title: 'Steps', min: 2, max: 20_000, default: 1000, slider: [100, 2000], help: 'Time steps of one sequence.' }),
  dt: real({ title: 'Time step', unit: 'ms', min: 0.01, max: 100, default: 1, help: 'Duration of one step.', advanced: true }),
  inputChannels: whole({ title: 'Input channels', min: 1, max: 4096, default: 100, slider: [10, 400], help: 'Channels of Poisson spikes, drawn once per pattern and then frozen.' }),
  inputRate: real({
    title: 'Input rate', unit: 'Hz', min: 0, max: 1000, default: 50, slider: [0, 200],
    help: 'Mean rate of each input channel.',
    equation: 'P(spike in one step) = rate·dt', source: sources.paper,
  }),
}

const sinusoids = z.strictObject({
  kind: z.literal('sinusoids'),
  ...timing,
  frequencies: z.array(z.number().min(0.001).max(1000)).min(1).max(32).default([1, 2, 3, 5])
    .meta({
      title: 'Frequencies', unit: 'Hz',
      help: 'The target is a sum of one sinusoid per frequency, divided by its largest magnitude.',
      equation: 'y*(t) = Σ_k A_k·sin(2π·f_k·t + φ_k) / max|·|, φ_k ~ U(0, 2π)', source: sources.paper,
    }),
  amplitudeMin: real({
    title: 'Smallest amplitude', min: 0, max: 100, default: 0.5, slider: [0, 5],
    help: 'Amplitudes are uniform between the two, before normalisation.',
    equation: 'A_k ~ U(smallest, largest)', source: sources.paper,
  }),
  amplitudeMax: real({
    title: 'Largest amplitude', min: 0, max: 100, default: 2, slider: [0, 5],
    help: 'Amplitudes are uniform between the two, before normalisation.',
    equation: 'A_k ~ U(smallest, largest)', source: sources.paper,
  }),
}).meta({ title: 'Sinusoid patterns', help: 'Generate sums of sinusoids from frozen Poisson input.' })

const signal = z.strictObject({
  kind: z.literal('signal'),
  ...timing,
  patterns: timing.patterns.default(1),
  file: z.string().min(1).max(1024)
    .meta({ title: 'File', help: 'A CSV file with a header, or an NPY file. A relative path starts at the folder of the spec; "example:" names a shipped one.' }),
  column: z.string().max(256).default('')
    .meta({ title: 'Column', help: 'Name of the CSV column, or index of the NPY column. Empty takes the first column of numbers.' }),
  normalise: choice(
    {
      'centre': 'subtract the mean, divide by the largest magnitude',
      'max-abs': 'divide by the largest magnitude',
      'standard': 'subtract the mean, divide by the standard deviation',
      'none': 'as in the file',
    },
    { title: 'Normalisation', default: 'centre', help: 'Applied to the whole signal before it is cut into patterns.' },
  ),
  samples: z.array(z.number()).min(2).max(1_000_000).optional()
    .meta({ title: 'Samples', help: 'The signal itself, taken from the file when the run is made, so that a kept run needs no file.', advanced: true }),
}).meta({ title: 'Imported signal', help: 'Follow a measured signal: cut into as many segments as there are patterns, each resampled to the sequence.' })

/** What the network has to do. */
export const taskSchema = z.discriminatedUnion('kind', [sinusoids, signal])
  .prefault({ kind: 'sinusoids' })
  .meta({ title: 'Task', help: 'What the network has to generate.' })

export type TaskSpec = z.output<typeof taskSchema>
export type SinusoidsSpec = Extract<TaskSpec, { kind: 'sinusoids' }>
export type SignalSpec = Extract<TaskSpec, { kind: 'signal' }>
