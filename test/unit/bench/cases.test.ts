import { describe, expect, it } from 'vitest'
import { type SpecInput, specSchema } from '../../../src-engine/spec/spec.ts'
import { baselineArguments, compileBaseline } from '../../../src-main/bench/baseline.ts'
import { atSize, lasting } from '../../../src-main/bench/cases.ts'
import type { BenchScheme } from '../../../src-main/bench/report.ts'
import { growthOf } from '../../../src-main/bench/sequences.ts'
import { spreadOf } from '../../../src-main/bench/spread.ts'

const specOf = (input: SpecInput = {}) => specSchema.parse(input)
const small = specOf({ network: { weightGain: 0.2 }, learning: { rateInput: 0.01, rateRecurrent: 0.004, rateOutput: 0.002 } })

describe('a network of another size', () => {
  it('is the preset itself at its own size', () => expect(atSize(small, 100)).toEqual(small))

  it('gives a neuron about as much: smaller weights and steps where there are more', () => {
    const { network, learning } = atSize(small, 400)
    expect(network).toMatchObject({ recurrentNeurons: 400, weightGain: 0.1 })
    expect(learning).toMatchObject({ rateInput: 0.01, rateRecurrent: 0.001, rateOutput: 0.0005 })
  })

  it('is refused where the engine does not take it', () => {
    expect(() => atSize(small, 5000)).toThrow('network.recurrentNeurons: found 5000; allowed: at most 4096')
  })

  it('lasts longer than what is timed, so that no last snapshot is in it', () => {
    const { training, recording } = lasting(small, 6)
    expect([training.epochs, recording.snapshotEvery]).toEqual([3, 0])
  })
})

describe('growth', () => {
  const timed = (scheme: BenchScheme, recurrentNeurons: number, seconds: number) => ({
    scheme, recurrentNeurons, pairs: 0, warmup: 0, secondsPerSequence: spreadOf([seconds]), meanRateHz: 10, readsPerSequence: 0,
  })

  it('is from the smallest to the largest, in whatever order they were timed', () => {
    const times = [timed('fp32', 1000, 5), timed('fp32', 100, 0.1), timed('fp32', 200, 9), timed('mixed-precision', 100, 1)]
    expect(growthOf(times)).toEqual([{ scheme: 'fp32', from: 100, to: 1000, times: 50, timesQuadratic: 0.5 }])
  })
})

describe('the arguments of the C baseline', () => {
  const times = { warmup: 3, timed: 6 }

  it('are every setting by its key', () => {
    expect(baselineArguments(small, times, 'running')).toEqual([
      'scheme=fp32', 'form=running', 'warmup=3', 'sequences=6', 'seed=42',
      'neurons=100', 'inputs=100', 'steps=1000', 'patterns=3', 'inputRate=50', 'threshold=0.1', 'weightGain=0.2', 'feedbackGain=0.1',
      'tauRecurrent=30', 'tauOutput=30', 'surrogateHeight=0.3', 'rateInput=0.01', 'rateRecurrent=0.004', 'rateOutput=0.002',
      'regularisation=0.0001', 'targetRate=12', 'gradientClip=100', 'weightClip=1',
      'scale=12', 'initialConductance=0.1', 'resetConductance=0.1', 'maxConductance=12', 'driftExponent=0.04',
    ])
  })

  it('hold what a scheme has of its own', () => {
    const own = (scheme: SpecInput['scheme']) => baselineArguments(specOf({ scheme }), times, 'filtered').slice(28)
    expect(own({ kind: 'mixed-precision' })).toEqual(['smallestJump=0.75', 'accumulatorStep=0.125', 'refreshAbove=6', 'refreshBelow=1.5'])
    expect(own({ kind: 'multi-memristor', pairs: 3 })).toEqual(['pairs=3', 'smallestJump=0.75', 'refreshAbove=9', 'refreshBelow=4.5'])
    expect(() => own({ kind: 'sign' })).toThrow('The C baseline has no scheme sign; it has fp32, mixed-precision and multi-memristor')
  })

  it('are not needed where there is no source', async () => {
    expect(await compileBaseline('/nowhere/baseline.c', '/nowhere')).toEqual({ missing: 'there is no /nowhere/baseline.c' })
  })
})
