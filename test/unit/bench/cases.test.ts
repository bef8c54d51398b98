import { describe, expect, it } from 'vitest'
import { type SpecInput, specSchema } from '../../../src-engine/experiment/spec.ts'
import { baselineArguments, compileBaseline } from '../../../src-main/bench/baseline.ts'
import { atSize, forSequences } from '../../../src-main/bench/cases.ts'
import type { BenchScheme } from '../../../src-main/bench/report.ts'
import { growthOf } from '../../../src-main/bench/sequences.ts'
import { spreadOf } from '../../../src-main/bench/spread.ts'

const specOf = (input: SpecInput = {}) => specSchema.parse(input)
const small = specOf({ network: { weightGain: 0.2 }, learning: { rateInput: 0.01, rateRecurrent: 0.004, rateOutput: 0.002 } })

describe('a network of another size', () => {
  it('is unchanged at its original size', () => expect(atSize(small, 100)).toEqual(small))

  it('has smaller weights and learning rates if it is larger', () => {
    const { network, learning } = atSize(small, 400)
    expect(network).toMatchObject({ recurrentNeurons: 400, weightGain: 0.1 })
    expect(learning).toMatchObject({ rateInput: 0.01, rateRecurrent: 0.001, rateOutput: 0.0005 })
  })

  it('is refused if the engine does not support the size', () => {
    expect(() => atSize(small, 5000)).toThrow('network.recurrentNeurons must be between 1 and 4096. Found 5000.')
  })

  it('runs longer than the timed sequences, so that they include no final snapshot', () => {
    const { training, recording } = forSequences(small, 6)
    expect([training.epochs, recording.snapshotEvery]).toEqual([3, 0])
  })
})

describe('growth', () => {
  const timed = (scheme: BenchScheme, recurrentNeurons: number, seconds: number) => ({
    scheme, recurrentNeurons, pairs: 0, warmup: 0, secondsPerSequence: spreadOf([seconds]), meanRateHz: 10, readsPerSequence: 0,
  })

  it('goes from the smallest to the largest size, whatever the timing order', () => {
    const times = [timed('fp32', 1000, 5), timed('fp32', 100, 0.1), timed('fp32', 200, 9), timed('mixed-precision', 100, 1)]
    expect(growthOf(times)).toEqual([{ scheme: 'fp32', from: 100, to: 1000, times: 50, timesQuadratic: 0.5 }])
  })
})

describe('the arguments of the C baseline', () => {
  const times = { warmup: 3, timed: 6 }

  it('contain every setting with its key', () => {
    expect(baselineArguments(small, times, 'running')).toEqual([
      'scheme=fp32', 'form=running', 'warmup=3', 'sequences=6', 'seed=42',
      'neurons=100', 'inputs=100', 'steps=1000', 'patterns=3', 'inputRate=50', 'threshold=0.1', 'weightGain=0.2', 'feedbackGain=0.1',
      'tauRecurrent=30', 'tauOutput=30', 'surrogateHeight=0.3', 'rateInput=0.01', 'rateRecurrent=0.004', 'rateOutput=0.002',
      'regularisation=0.0001', 'targetRate=12', 'gradientClip=100', 'weightClip=1',
      'scale=12', 'initialConductance=0.1', 'resetConductance=0.1', 'maxConductance=12', 'driftExponent=0.04',
    ])
  })

  it('contain the settings of the scheme', () => {
    const own = (scheme: SpecInput['scheme']) => baselineArguments(specOf({ scheme }), times, 'filtered').slice(28)
    expect(own({ kind: 'mixed-precision' })).toEqual(['smallestJump=0.75', 'accumulatorStep=0.125', 'refreshAbove=6', 'refreshBelow=1.5'])
    expect(own({ kind: 'multi-memristor', pairs: 3 })).toEqual(['pairs=3', 'smallestJump=0.75', 'refreshAbove=9', 'refreshBelow=4.5'])
    expect(() => own({ kind: 'sign' })).toThrow('The C baseline has no scheme sign. It has fp32, mixed-precision and multi-memristor.')
  })

  it('are not needed if the source is missing', async () => {
    expect(await compileBaseline('/nowhere/baseline.c', '/nowhere')).toEqual({ missing: '/nowhere/baseline.c does not exist' })
  })
})
