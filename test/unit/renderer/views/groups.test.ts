import { describe, expect, it } from 'vitest'
import { type SpecInput, specSchema } from '../../../../src-engine/experiment/spec.ts'
import { differencesOf, groupsOf } from '../../../../src-engine/experiment/run-groups.ts'
import { type ComparedRun, metricsOf, outcomeReasonsOf, outcomesOf, seedsOf, withReported } from '../../../../src-renderer/views/compare/groups.ts'
import { epochOf, summaryOf } from '../fixtures.ts'

function run(input: SpecInput, losses: number[] = [0.3, 0.1]): ComparedRun {
  const spec = specSchema.parse(input)
  const ledger = { set: 10 * losses.length, reset: 1, refresh: 0, read: 5 }
  const epochs = losses.map((loss, index) =>
    ({
      epoch: index + 1, loss, patternLosses: [loss], metrics: {},
      meanRateHz: 12, silent: 0, zeroSurrogate: 0.5, alwaysFiring: 0, ledger,
      saturated: 0,
    }))
  const summary = summaryOf({
    name: spec.name, scheme: spec.scheme.kind, seed: spec.seed, epochs: 2, epochsDone: 2, sequences: 2,
    createdAt: '2026-11-23T20:00:00Z', startedAt: '2026-11-23T20:00:00Z', endedAt: '2026-11-23T20:01:30Z', secondsComputed: 75,
  })
  return { spec, summary, epochs }
}

describe('groupsOf', () => {
  it('labels a group by its common name or its scheme', () => {
    const named = [run({ seed: 1, name: 'mine' }), run({ seed: 2, name: 'mine' })]
    expect(groupsOf([...named, run({ scheme: { kind: 'sign' }, name: '' })]).map(({ label }) => label)).toEqual(['mine', 'Sign'])
    expect(groupsOf([run({ seed: 1, name: 'a' }), run({ seed: 2, name: 'b' })])[0]!.label).toBe('FP32')
  })

  it('adds the difference if two groups would have the same label', () => {
    const labels = groupsOf([run({ network: { tauOutput: 20 } }), run({}), run({ scheme: { kind: 'sign' } })]).map(({ label }) => label)
    expect(labels).toEqual(['FP32 · Readout time constant 20 ms', 'FP32 · Readout time constant 30 ms', 'Sign'])
  })

  it('adds as many differences as tell all groups apart', () => {
    const values = [0.1, 0.2]
    const grid = values.flatMap((rateInput) => values.flatMap((rateRecurrent) => values.map((rateOutput) =>
      run({ name: 'mine', learning: { rateInput, rateRecurrent, rateOutput } }))))
    const groups = groupsOf(grid)
    expect(new Set(groups.map(({ label }) => label)).size).toBe(8)
    expect(groups.every(({ label }) => label.startsWith('mine · '))).toBe(true)
    expect(new Set(groups.map(({ short }) => short)).size).toBe(8)
    expect(groups.some(({ short }) => short.includes('mine'))).toBe(false)
  })
})

describe('differencesOf', () => {
  it('excludes the seed', () => {
    const groups = groupsOf([run({ seed: 9 }), run({ seed: 3 }), run({ seed: 1, network: { tauOutput: 20 } })])
    expect(differencesOf(groups).map(({ path, values }) => [path, values])).toEqual([['network.tauOutput', [30, 20]]])
    expect(groups.map(seedsOf)).toEqual(['3, 9', '1'])
  })
})

it('a running run has the epochs that were reported since it was read', () => {
  const live = withReported(run({}, [0.5, 0.3]), [epochOf(2), epochOf(3), epochOf(4)])
  expect(live.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4])
  expect(metricsOf({ runs: [live] }).loss?.mean).toBe(1 / 4)
})

describe('metricsOf', () => {
  it('returns mean and SD over replicates', () => {
    const metrics = metricsOf({ runs: [run({ seed: 1 }, [0.5, 0.3]), run({ seed: 2 }, [0.5, 0.1])] })
    expect(metrics.loss?.mean).toBeCloseTo(0.2, 12)
    expect(metrics.loss?.sd).toBeCloseTo(Math.SQRT2 / 10, 12)
    expect(metrics.lossLast20).toMatchObject({ n: 2, mean: 0.35 })
    expect(metrics.seconds?.mean).toBe(75)
  })

  it('returns NaN for a diverged run', () => {
    expect(metricsOf({ runs: [run({}, [0.5, NaN]), run({ seed: 2 })] }).loss?.mean).toBeNaN()
  })

  it('returns null for a run without epochs or without an end', () => {
    const { loss, lossLast20, meanRateHz, sets } = metricsOf({ runs: [run({ scheme: { kind: 'sign' } }, [])] })
    expect([loss, lossLast20, meanRateHz, sets]).toEqual([null, null, null, null])
    const unfinished = run({ seed: 2 })
    const runs = [run({}), { ...unfinished, summary: { ...unfinished.summary, endedAt: null } }]
    expect(metricsOf({ runs }).seconds).toBeNull()
  })

  it('counts pulses only for schemes with devices', () => {
    expect(metricsOf({ runs: [run({ scheme: { kind: 'sign' } })] })).toMatchObject({ sets: { mean: 20 }, resets: { mean: 1 } })
    for (const kind of ['fp32', 'accumulator'] as const) {
      expect(metricsOf({ runs: [run({ scheme: { kind } })] })).toMatchObject({ sets: null, resets: null })
    }
  })
})

describe('outcomesOf', () => {
  const ended = (seed: number, some: Partial<ComparedRun['summary']>) => {
    const one = run({ seed })
    return { ...one, summary: { ...one.summary, ...some } }
  }
  const runs = [
    ended(1, { outcome: 'diverged', reasons: ['loss grew'] }), ended(2, { outcome: 'learned' }), ended(3, { outcome: null }), ended(4, { outcome: 'learned' }),
  ]

  it('counts the outcomes of a group, and names that of a single run', () => {
    expect(outcomesOf({ runs })).toBe('2 learned, 1 diverged')
    expect(runs.map((one) => outcomesOf({ runs: [one] }))).toEqual(['diverged', 'learned', '–', 'learned'])
  })

  it('has the reasons of each run', () => {
    expect(outcomeReasonsOf({ runs })).toBe('Seed 1: diverged: loss grew\nSeed 2: learned\nSeed 4: learned')
  })
})
