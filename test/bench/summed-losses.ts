import { bootstrapInterval } from '../../src-engine/statistics/bootstrap.ts'
import { signFlipTest } from '../../src-engine/statistics/paired.ts'
import { meanOf } from '../../src-engine/statistics/samples.ts'
import { parseSpec } from '../../src-engine/experiment/parse.ts'
import type { DeviceSpec } from '../../src-engine/experiment/spec.ts'
import { kernelsFor } from '../../src-engine/training/kernels-for.ts'
import { Trainer } from '../../src-engine/training/trainer.ts'

/** MSE after the first epoch, and the mean of the last 20, of a mixed-precision network that learns in a fraction of a second. */
export function lossesOf(
  seed: number, readNoise: DeviceSpec['readNoise'], kernels: WebAssembly.Module,
): { first: number; last: number } {
  const spec = parseSpec({
    seed,
    task: { kind: 'sinusoids', patterns: 1, steps: 300, inputChannels: 40, inputRate: 60 },
    network: { recurrentNeurons: 40, threshold: 0.6, feedbackGain: 0.3 },
    learning: { rateInput: 1e-3, rateRecurrent: 2e-4, rateOutput: 4e-4, regularisation: 4.4e-4 },
    device: { initialConductance: 0.4, scale: 50, readNoise },
    scheme: { kind: 'mixed-precision', accumulatorStep: 0.05 },
    training: { epochs: 100 },
  }, 'The comparison of READ noise')
  const trainer = new Trainer(spec, kernelsFor(spec, kernels))
  const loss: number[] = []
  while (!trainer.done) for (const event of trainer.step()) if (event.kind === 'epoch') loss.push(event.loss)
  return { first: loss[0]!, last: meanOf(loss.slice(-20)) }
}

/**
 * Compares losses seed by seed: the mean of ln(summed/exact) as a ratio of geometric means, its 95 % bootstrap interval, and the p
 * of the paired sign-flip test.
 */
export function ratioOf(summed: readonly number[], exact: readonly number[]) {
  const logarithms = summed.map((loss, k) => Math.log(loss / exact[k]!))
  const [low, high] = bootstrapInterval(logarithms)!
  return { ratio: Math.exp(meanOf(logarithms)), low: Math.exp(low), high: Math.exp(high), p: signFlipTest(logarithms) }
}
