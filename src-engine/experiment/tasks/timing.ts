import { real, whole } from '../quantity.ts'
import { sources } from '../sources.ts'

/** Fields of every task: patterns, steps, and the frozen input. */
export const timing = {
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
