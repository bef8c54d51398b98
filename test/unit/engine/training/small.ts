import { parseSpec } from '../../../../src-engine/experiment/parse.ts'
import type { SpecInput } from '../../../../src-engine/experiment/spec.ts'

/** Experiment that runs in milliseconds and in which every scheme changes weights. */
export const small = (overrides: Record<string, unknown> = {}) => parseSpec({
  task: { kind: 'sinusoids', patterns: 2, steps: 60, inputChannels: 12, inputRate: 100 },
  network: { recurrentNeurons: 9, threshold: 0.3, weightGain: 0.6, tauRecurrent: 20 },
  learning: { rateInput: 0.02, rateRecurrent: 0.02, rateOutput: 0.02, regularisation: 0.01 },
  device: { initialConductance: 0.4, scale: 20 },
  training: { epochs: 6 },
  ...overrides,
} as SpecInput, 'test')

export const schemeSettings = (kind: string) => ({
  kind,
  ...(kind === 'stochastic' && { probabilityScale: 0.5 }),
  ...((kind === 'accumulator' || kind === 'mixed-precision' || kind === 'update-ready') && { accumulatorStep: 0.02 }),
})
