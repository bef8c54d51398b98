import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { rasterOf } from '../../../../src-engine/kernels/raster.ts'
import { conventionSets } from '../../../../src-engine/experiment/conventions.ts'
import { type Spec, specSchema } from '../../../../src-engine/experiment/spec.ts'
import { kernelsFor } from '../../../../src-engine/training/kernels-for.ts'
import type { TrainerState } from '../../../../src-engine/training/state.ts'
import { Trainer } from '../../../../src-engine/training/trainer.ts'
import { makePatterns } from '../../../../src-engine/task/patterns.ts'
import { parseGolden, type SequenceGolden } from '../../../../src-engine/verification/golden.ts'
import { largestDifference } from '../../../../src-engine/verification/check.ts'
import { type Arithmetic, arithmetics, kernelsModule } from '../../../fixtures/kernels.ts'

const resources = new URL('../../../../resources/golden/', import.meta.url)
/** Made by test/fixtures/golden/sequence.py. */
const fixtures = new URL('../../../fixtures/golden/', import.meta.url)

function goldenIn(file: URL): SequenceGolden {
  const { data } = parseGolden(JSON.parse(readFileSync(file, 'utf8')), file.pathname)
  return data as SequenceGolden
}

const goldens = [
  ['one output', goldenIn(new URL('small-one-output.json', resources))],
  ['two outputs', goldenIn(new URL('two-outputs.json', resources))],
  ['three outputs', goldenIn(new URL('three-outputs.json', fixtures))],
] as const

/** The experiment of a golden file: a signal with one column per output, which a sequence of as many steps shows as it is. */
function specOf(golden: SequenceGolden, arithmetic: Arithmetic): Spec {
  const { n_t: steps, n_in: inputChannels, n_rec: recurrentNeurons, n_out: outputs, y, dt } = golden
  const columns = Array.from({ length: outputs }, (_, output) => `output ${output}`)
  const samples = columns.flatMap((_, output) => y.filter((_, k) => k % outputs === output))
  return specSchema.parse({
    task: {
      kind: 'signal', file: 'golden', normalise: 'none', steps, dt: 1000 * dt, inputChannels, samples, ...(outputs > 1 && { columns }),
    },
    network: {
      recurrentNeurons, tauRecurrent: 1000 * golden.tau_rec, tauOutput: 1000 * golden.tau_out, threshold: golden.threshold,
      surrogateHeight: golden.gamma,
    },
    learning: {
      rateInput: golden.lr_in, rateRecurrent: golden.lr_rec, rateOutput: golden.lr_out,
      regularisation: golden.reg, targetRate: golden.f0,
    },
    scheme: { kind: 'fp32' },
    conventions: conventionSets.published,
    training: { epochs: 1, arithmetic },
  })
}

/** State of a trainer that starts with these weights. The public code clears self-connections before a sequence. */
function startWith({ w_in, w_rec, w_out, n_rec }: SequenceGolden, arithmetic: Arithmetic): TrainerState {
  const numbers = (values: readonly number[]) => (arithmetic === 'float64' ? Float64Array.from(values) : Float32Array.from(values))
  return {
    'sequences': Float64Array.of(0), 'epoch.loss': new Float64Array(), 'epoch.rate': new Float64Array(),
    'input.weights': numbers(w_in),
    'recurrent.weights': numbers(w_rec.map((weight, k) => (k % (n_rec + 1) === 0 ? 0 : weight))),
    'output.weights': numbers(w_out),
  }
}

describe.each(arithmetics.flatMap((arithmetic) => goldens.map(([name, golden]) => ({ name, golden, arithmetic }))))(
  'the trainer in $arithmetic with $name', ({ golden, arithmetic }) => {
    const { n_t: steps, n_in: channels, n_rec: neurons, n_out: outputs } = golden
    const spec = specOf(golden, arithmetic)
    const input = rasterOf(steps, channels, (t, channel) => golden.x[channel * steps + t] !== 0)
    const { target } = makePatterns(spec.task, spec.seed)[0]!
    const trainer = Trainer.restore(
      spec, startWith(golden, arithmetic), kernelsFor(spec, kernelsModule),
      { patterns: [{ input, target }], feedback: golden.w_fb },
    )
    const gradients = new Map<string, number[]>()
    const [sequence, epoch, snapshot] = trainer.step({
      learned: () => {}, beforeUpdate: () => {}, afterUpdate: ({ name }, gradient) => { gradients.set(name, [...gradient]) },
    })
    if (sequence?.kind !== 'sequence' || epoch?.kind !== 'epoch' || snapshot?.kind !== 'snapshot') throw new Error('not a whole epoch')

    it('has the golden target, one column per output', () => {
      expect(largestDifference(target, golden.y)).toBe(0)
      expect(sequence.outputs).toBe(outputs)
    })

    it('fires the golden spikes', () => {
      const fired = new Array<number>(steps * neurons).fill(0)
      for (let k = 0; k < sequence.spikes.length; k += 2) fired[sequence.spikes[k]! * neurons + sequence.spikes[k + 1]!] = 1
      expect(fired).toEqual(golden.z)
    })

    it('has the golden outputs, loss and gradients', () => {
      expect(largestDifference(sequence.output, golden.vo)).toBeLessThan(1e-4)
      expect(epoch.loss).toBeCloseTo(golden.mse, 5)
      expect(epoch.patternLosses).toEqual([epoch.loss])
      for (const [layer, expected] of [['input', golden.grad_in], ['recurrent', golden.grad_rec], ['output', golden.grad_out]] as const) {
        expect(largestDifference(gradients.get(layer)!, expected)).toBeLessThan(1e-3)
      }
    })

    it('has the golden weights after the update', () => {
      const after = trainer.snapshot()
      expect(largestDifference(after['input.weights']!, golden.w_in_after)).toBeLessThan(2e-6)
      // The public code updates self-connections and clears them before the next sequence. Here they do not exist.
      const isBetween = (_: number, k: number) => k % (neurons + 1) !== 0
      const recurrent = [...after['recurrent.weights']!].filter(isBetween)
      expect(largestDifference(recurrent, golden.w_rec_after.filter(isBetween))).toBeLessThan(2e-6)
      expect(largestDifference(after['output.weights']!, golden.w_out_after)).toBeLessThan(2e-6)
    })

    it('stores outputs and targets with their shape', () => {
      const shapes = snapshot.arrays.filter(({ kind }) => kind === 'output' || kind === 'target').map(({ shape }) => shape)
      expect(shapes).toEqual([[steps, outputs], [steps, outputs]])
    })
  })
