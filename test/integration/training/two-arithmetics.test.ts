import { describe, expect, it } from 'vitest'
import { meanOf } from '../../../src-engine/statistics/samples.ts'
import { permutationTest } from '../../../src-engine/statistics/two-sample.ts'
import { parseSpec } from '../../../src-engine/experiment/parse.ts'
import type { SpecInput } from '../../../src-engine/experiment/spec.ts'
import { kernelsFor } from '../../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../../src-engine/training/trainer.ts'
import { type Arithmetic, kernelsModule } from '../../fixtures/kernels.ts'

const SEEDS = Array.from({ length: 10 }, (_, k) => 401 + k)
const EPOCHS = 100
const SLOW = 180_000

/** Settings of the shipped presets on a task small enough for ten seeds. `npm run bench:arithmetics` runs the full task. */
const experiments: Record<string, SpecInput> = {
  'fp32': {
    network: { recurrentNeurons: 40, threshold: 0.17, weightGain: 0.3, feedbackGain: 0.51 },
    learning: { rateInput: 2.4e-4, rateRecurrent: 2e-3, rateOutput: 3e-4, regularisation: 4.4e-4 },
  },
  'mixed-precision': {
    network: { recurrentNeurons: 40, threshold: 0.35, feedbackGain: 0.305 },
    learning: { rateInput: 5e-3, rateRecurrent: 1e-3, rateOutput: 4e-4, regularisation: 4.4e-4 },
    device: { initialConductance: 0.305, scale: 30 },
    scheme: { kind: 'mixed-precision' },
  },
}

/** Mean squared error after the first epoch, and the mean of the last 20. */
function losses(experiment: SpecInput, seed: number, arithmetic: Arithmetic): { first: number; last: number } {
  const task = { kind: 'sinusoids' as const, patterns: 1, steps: 300, inputChannels: 40, inputRate: 60 }
  const spec = parseSpec({ ...experiment, seed, task, training: { epochs: EPOCHS, arithmetic } }, 'test')
  const trainer = new Trainer(spec, kernelsFor(spec, kernelsModule))
  const loss: number[] = []
  while (!trainer.done) for (const event of trainer.step()) if (event.kind === 'epoch') loss.push(event.loss)
  return { first: loss[0]!, last: meanOf(loss.slice(-20)) }
}

describe.each(Object.keys(experiments))('ten seeds of %s', (kind) => {
  const train = (arithmetic: Arithmetic) => SEEDS.map((seed) => losses(experiments[kind]!, seed, arithmetic))

  it('give losses that do not differ significantly between the arithmetics', { timeout: SLOW }, () => {
    const [reference, fast] = [train('float64'), train('float32')]
    // Both arithmetics give the same run until rounding decides a spike.
    const same = reference.filter(({ first }, k) => Math.abs(fast[k]!.first / first - 1) < 1e-4)
    expect(same.length).toBeGreaterThanOrEqual(8)
    expect(permutationTest(fast.map(({ last }) => last), reference.map(({ last }) => last)).p).toBeGreaterThan(0.05)
    const learned = fast.filter(({ first, last }) => last < 0.8 * first)
    expect(learned.length).toBeGreaterThanOrEqual(5)
  })
})
