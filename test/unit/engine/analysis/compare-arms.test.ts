import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootstrapInterval } from '../../../../src-engine/analysis/bootstrap.ts'
import { compareArms } from '../../../../src-engine/analysis/compare-arms.ts'
import type { Comparison } from '../../../../src-engine/analysis/comparison.ts'
import type { RunToCompare } from '../../../../src-engine/analysis/counted-arm.ts'
import { holm } from '../../../../src-engine/analysis/holm.ts'
import { signFlipTest } from '../../../../src-engine/analysis/paired.ts'
import { comparisonSchema } from '../../../../src-engine/spec/sweep.ts'
import { learningCurveOf } from '../../../fixtures/learning-curves.ts'

const by = (some: Parameters<typeof comparisonSchema.parse>[0] = {}) => comparisonSchema.parse(some)
const device = (label: string) => ({ label, onDevices: true })
const digital = (label: string) => ({ label, onDevices: false })
const byLabel = ({ arms }: Comparison, label: string) => arms.find((arm) => arm.label === label)!

interface Some { loss?: number; setsPerEpoch?: number; epochs?: number }
const run = (arm: number, seed: number, { loss = 0.01, setsPerEpoch = 10, epochs = 30 }: Some = {}): RunToCompare => ({
  runId: `arm${arm}seed${seed}`, arm, seed, status: 'done', baseline: 0.2,
  curve: learningCurveOf(epochs, { mse: () => loss, set: (epoch) => setsPerEpoch * epoch }),
})
const seeds = (n: number) => Array.from({ length: n }, (_, index) => index + 1)
/** One run a loss, of seeds from 1 on. */
const runsOf = (arm: number, losses: readonly number[], some: Some = {}) =>
  losses.map((loss, index) => run(arm, index + 1, { ...some, loss }))

const first = [0.02, 0.03, 0.025, 0.021, 0.022, 0.028, 0.024, 0.027, 0.029, 0.023]
const second = [0.03, 0.035, 0.024, 0.031, 0.029, 0.033, 0.036, 0.028, 0.04, 0.037]
const third = [0.01, 0.012, 0.018, 0.03, 0.011, 0.013, 0.016, 0.017, 0.014, 0.019]

describe('arms set against each other', () => {
  const arms = [device('first'), device('second'), device('third')]
  const runs = [...runsOf(0, first), ...runsOf(1, second, { setsPerEpoch: 5 }), ...runsOf(2, third, { setsPerEpoch: 20 })]
  const comparison = compareArms(arms, runs, by({ reference: 'first' }))

  it('come in the order of their means, without a word where nothing has to be said', () => {
    expect(comparison.arms.map(({ label }) => label)).toEqual(['third', 'first', 'second'])
    expect(comparison.reference).toBe('first')
    expect(comparison.warnings).toEqual([])
  })

  it('have a mean, a spread, an interval and a worst', () => {
    const { sample, interval, worst } = byLabel(comparison, 'second')
    expect(sample).toMatchObject({ n: 10, mean: expect.closeTo(0.0323, 12) })
    expect(interval).toEqual(bootstrapInterval(byLabel(comparison, 'second').runs.map(({ loss }) => loss)))
    expect(worst).toBeCloseTo(0.04, 12)
  })

  it('are tested against the reference seed by seed, with a correction for their number', () => {
    const differences = (losses: number[]) => losses.map((loss, index) => loss - first[index])
    const p = [second, third].map((losses) => signFlipTest(differences(losses)))
    expect(byLabel(comparison, 'first').test).toBeNull()
    expect(byLabel(comparison, 'second').test).toMatchObject({
      pairs: 10, difference: expect.closeTo(0.0323 - 0.0249, 10), p: p[0], corrected: holm(p)[0],
    })
    expect(byLabel(comparison, 'third').test).toMatchObject({ pairs: 10, p: p[1], corrected: holm(p)[1] })
    const [low, high] = byLabel(comparison, 'second').test!.interval!
    const expected = bootstrapInterval(differences(second))!
    expect([low, high]).toEqual([expect.closeTo(expected[0], 12), expect.closeTo(expected[1], 12)])
  })

  it('are the same in whatever order runs are given', () => {
    fc.assert(fc.property(fc.shuffledSubarray(runs, { minLength: runs.length }), (shuffled) => {
      expect(compareArms(arms, shuffled, by({ reference: 'first' }))).toEqual(comparison)
    }), { numRuns: 5 })
  })

  it('stand on the front of loss against SETs where no other is better', () => {
    const worse = [...runs, ...runsOf(3, second.map((loss) => loss + 0.01), { setsPerEpoch: 6 })]
    const { arms: compared } = compareArms([...arms, device('worse')], worse, by())
    expect(compared.filter(({ onFront }) => onFront).map(({ label }) => label)).toEqual(['third', 'first', 'second'])
  })

  it('pair only the seeds that both have', () => {
    const some = compareArms(arms, runs.filter(({ arm, seed }) => (arm === 0 ? seed > 2 : seed < 9)), by())
    expect(byLabel(some, 'second').sample.n).toBe(8)
    expect(byLabel(some, 'second').test).toMatchObject({
      pairs: 6, p: signFlipTest(second.slice(2, 8).map((loss, index) => loss - first[index + 2])),
    })
    const apart = compareArms(arms, runs.filter(({ arm, seed }) => (arm === 0) === (seed > 5)), by())
    expect(byLabel(apart, 'second').test).toBeNull()
  })

  it('are set against the first where the reference is not said, or not there', () => {
    expect(compareArms(arms, runs, by())).toMatchObject({ reference: 'first', warnings: [] })
    const missing = compareArms(arms, runs, by({ reference: 'another' }))
    expect(missing.reference).toBe('first')
    expect(missing.warnings).toEqual(['There is no arm “another”: the others are tested against the first, “first”.'])
    expect(compareArms(arms, runs, by({ reference: 'third' })).arms.map(({ test }) => test === null)).toEqual([true, false, false])
  })
})

describe('a budget', () => {
  const arms = [device('frugal'), device('lavish'), digital('digital')]
  const falling = (arm: number, seed: number, setsPerEpoch: number): RunToCompare => ({
    runId: `arm${arm}seed${seed}`, arm, seed, status: 'done', baseline: 0.2,
    curve: learningCurveOf(100, { mse: (epoch) => 1 / epoch, set: (epoch) => setsPerEpoch * epoch, reset: () => 0, read: () => 0 }),
  })
  const runs = seeds(10).flatMap((seed) => [falling(0, seed, 1), falling(1, seed, 4), falling(2, seed, 0)])
  const meanOfInverses = (from: number, to: number) => {
    let sum = 0
    for (let epoch = from; epoch <= to; epoch++) sum += 1 / epoch
    return sum / (to - from + 1)
  }

  it('of SETs has each run count as it was when it had fired them', () => {
    const comparison = compareArms(arms, runs, by({ budget: { kind: 'set', pulses: 240 }, energy: { set: 50, reset: 100, read: 1 } }))
    expect(byLabel(comparison, 'lavish').runs[0]).toEqual({
      runId: 'arm1seed1', seed: 1, loss: expect.closeTo(meanOfInverses(41, 60), 12), epochs: 60, set: 240, reset: 0, read: 0,
      energy: expect.closeTo(0.012, 12), stability: { outcome: 'learned', reasons: [] },
    })
    expect(byLabel(comparison, 'frugal').runs[0]).toMatchObject({ epochs: 100, loss: expect.closeTo(meanOfInverses(81, 100), 12) })
    expect(byLabel(comparison, 'frugal')).toMatchObject({ set: 100, energy: expect.closeTo(0.005, 12) })
    expect(byLabel(comparison, 'digital').runs[0]).toMatchObject({ epochs: 100, set: 0 })
    expect(comparison.warnings).toEqual([
      '10 runs did not need 240 SETs and count whole: frugal (10).', 'Digital arms fire no pulses and count whole: digital.',
    ])
    expect(comparison.arms.filter(({ onFront }) => onFront).map(({ label }) => label)).toEqual(['frugal'])
  })

  it('of energy likewise, by what pulses cost', () => {
    const energy = { set: 100, reset: 1, read: 1 }
    const { arms: [, lavish] } = compareArms(arms.slice(0, 2), runs, by({ budget: { kind: 'energy', microjoules: 0.0201 }, energy }))
    expect(lavish).toMatchObject({ label: 'lavish', set: 200, energy: expect.closeTo(0.02, 12) })
    expect(lavish.runs[0].epochs).toBe(50)
  })

  it('that is spent in the first epoch leaves no loss: said, and not dropped', () => {
    const comparison = compareArms(arms.slice(0, 2), runs, by({ budget: { kind: 'set', pulses: 3 } }))
    const lavish = byLabel(comparison, 'lavish')
    expect(lavish.runs).toHaveLength(10)
    expect(lavish.runs[0]).toMatchObject({ loss: NaN, epochs: 0, set: 0, energy: 0, stability: { outcome: 'untrained', reasons: [] } })
    expect(lavish).toMatchObject({ interval: null, worst: NaN, test: { pairs: 10, p: NaN, corrected: NaN }, onFront: false })
    expect(comparison.arms.at(-1)).toBe(lavish)
    expect(comparison.warnings).toEqual([
      '10 runs spent 3 SETs within the first epoch, so that no epoch counts and there is no loss: lavish (10).',
    ])
  })
})

describe('runs that came to nothing', () => {
  const arms = [device('sound'), device('broken'), device('other')]

  it('are counted by how they came out, and make means NaN rather than vanish', () => {
    const runs = [...runsOf(0, first), ...runsOf(1, [NaN, 0.3, ...first.slice(2, 8), 0.5, 0.19]), ...runsOf(2, third)]
    const comparison = compareArms(arms, runs, by())
    const broken = comparison.arms.at(-1)!
    expect(broken).toMatchObject({
      label: 'broken', sample: { n: 10, mean: NaN }, interval: null, worst: NaN, onFront: false,
      outcomes: { learned: 6, untrained: 2, silent: 0, diverged: 2 },
      test: { pairs: 10, difference: NaN, interval: null, p: NaN, corrected: NaN },
    })
    expect(broken.runs[0].stability).toEqual({ outcome: 'diverged', reasons: ['not a number'] })
    const { p, corrected } = byLabel(comparison, 'other').test!
    expect(corrected).toBe(2 * p)
    expect(comparison.warnings).toEqual([
      '1 run ended with a loss that is no number; intervals and tests of these arms are none either: broken (1).',
    ])
  })

  it('of the reference leave nothing to test against, and that is said', () => {
    const { warnings } = compareArms(arms.slice(0, 2), [...runsOf(0, [NaN, ...first.slice(1)]), ...runsOf(1, second)], by())
    expect(warnings).toEqual([
      '1 run ended with a loss that is no number; intervals and tests of these arms are none either, nor any test against “sound” in the same seeds: sound (1).',
    ])
  })

  it('for having failed, or not having ended, are counted beside the mean', () => {
    const lost = (arm: number, seed: number, status: 'failed' | 'unfinished'): RunToCompare => ({ runId: `lost${arm}${seed}`, arm, seed, status })
    const runs = [...runsOf(0, first), ...runsOf(1, second), lost(1, 11, 'failed'), lost(1, 12, 'unfinished'), lost(2, 1, 'unfinished')]
    const comparison = compareArms(arms, runs, by())
    expect(byLabel(comparison, 'broken')).toMatchObject({ failed: 1, unfinished: 1, sample: { n: 10 } })
    expect(comparison.arms.at(-1)).toMatchObject({
      label: 'other', sample: { n: 0, mean: NaN, sd: null }, interval: null, worst: null, set: null, energy: null, test: null,
      outcomes: { learned: 0, untrained: 0, silent: 0, diverged: 0 }, failed: 0, unfinished: 1, onFront: false,
    })
    expect(comparison.warnings).toEqual([
      '1 run failed and is in no mean: broken (1).',
      '2 runs did not come to the end, or not yet, and are in no mean: broken (1), other (1).',
    ])
  })

  it('and were retried count once, as what came of it', () => {
    const failed: RunToCompare = { runId: 'failed', arm: 0, seed: 1, status: 'failed' }
    const waiting: RunToCompare = { runId: 'waiting', arm: 0, seed: 2, status: 'unfinished' }
    const comparison = compareArms(arms.slice(0, 1), [
      failed, { ...failed, seed: 2 }, run(0, 1), { ...run(0, 1, { loss: 0.02 }), runId: 'again' }, waiting,
    ], by())
    expect(comparison.arms[0]).toMatchObject({ failed: 0, unfinished: 1, sample: { n: 1, mean: expect.closeTo(0.01, 12) } })
    expect(comparison.arms[0].runs.map(({ runId }) => runId)).toEqual(['arm0seed1'])
  })
})

describe('what a reader has to know', () => {
  const warnings = (arms: number, n: number, some: Some = {}) => compareArms(
    Array.from({ length: arms }, (_, arm) => device(`a${arm}`)),
    Array.from({ length: arms }, (_, arm) => seeds(n).map((seed) => run(arm, seed, some))).flat(),
    by(),
  ).warnings

  it('is that few seeds say little, and how little', () => {
    expect(warnings(2, 5)).toEqual([
      'n = 5: fewer than 10 seeds say little, and an exact paired test of 5 seeds cannot give p below 0.0625.',
    ])
    expect(warnings(1, 1)).toEqual(['n = 1: fewer than 10 seeds say little, and an exact paired test of 1 seed cannot give p below 1.'])
    const uneven = compareArms([device('a'), device('b')], [...seeds(3).map((seed) => run(0, seed)), ...seeds(12).map((seed) => run(1, seed))], by())
    expect(uneven.warnings[0]).toMatch(/^n = 3 to 12: fewer than 10/)
  })

  it('is that ten seeds cannot tell so many arms apart', () => {
    expect(warnings(26, 10)).toEqual([])
    expect(warnings(31, 10)).toEqual(['30 arms are tested: Holm\'s correction over them cannot give p below 0.0586 with 10 pairs.'])
  })

  it('is that runs are of different lengths', () => {
    const { warnings: told } = compareArms([device('a'), device('b')], [
      ...seeds(10).map((seed) => run(0, seed, { epochs: 100 })), ...seeds(10).map((seed) => run(1, seed, { epochs: 250 })),
    ], by())
    expect(told).toEqual(['Runs of 100 to 250 epochs are compared, each as it ended.'])
  })

  it('is that the reference has no run', () => {
    const { warnings: told } = compareArms([device('a'), device('b')], seeds(10).map((seed) => run(1, seed)), by())
    expect(told).toEqual(['The reference, “a”, has no run that came to its end: nothing is tested.'])
  })

  it('is that there is nothing yet', () => {
    expect(compareArms([device('a')], [], by())).toMatchObject({ reference: 'a', warnings: ['No run has come to its end yet.'] })
    expect(compareArms([], [], by())).toMatchObject({ reference: '', arms: [], warnings: ['No run has come to its end yet.'] })
  })

  it('names at most three arms', () => {
    const { warnings: told } = compareArms(
      seeds(5).map((arm) => device(`a${arm}`)), seeds(5).flatMap((arm) => runsOf(arm - 1, [...first.slice(1), NaN])), by({ reference: 'a5' }),
    )
    expect(told).toEqual([expect.stringMatching(/^5 runs .*: a1 \(1\), a2 \(1\), a3 \(1\) and 2 more\.$/)])
  })
})
