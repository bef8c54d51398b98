import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bootstrapInterval } from '../../../../src-engine/statistics/bootstrap.ts'
import { compareArms } from '../../../../src-engine/statistics/compare-arms.ts'
import type { Comparison } from '../../../../src-engine/statistics/comparison.ts'
import type { RunToCompare } from '../../../../src-engine/statistics/counted-arm.ts'
import { holm } from '../../../../src-engine/statistics/holm.ts'
import { nestedBootstrapInterval } from '../../../../src-engine/statistics/nested-bootstrap.ts'
import { signFlipTest } from '../../../../src-engine/statistics/paired.ts'
import { comparisonSchema } from '../../../../src-engine/experiment/sweep.ts'
import { learningCurveOf } from '../../../fixtures/learning-curves.ts'

const by = (some: Parameters<typeof comparisonSchema.parse>[0] = {}) => comparisonSchema.parse(some)
const device = (label: string) => ({ label, task: 'sinusoids', onDevices: true })
const digital = (label: string) => ({ label, task: 'sinusoids', onDevices: false })
const byLabel = ({ arms }: Comparison, label: string) => arms.find((arm) => arm.label === label)!

interface Some { loss?: number; setsPerEpoch?: number; epochs?: number }
const run = (arm: number, seed: number, { loss = 0.01, setsPerEpoch = 10, epochs = 30 }: Some = {}): RunToCompare => ({
  runId: `arm${arm}seed${seed}`, arm, seed, status: 'done', baselines: { zero: 0.2, constant: 0.2 },
  curve: learningCurveOf(epochs, { loss: () => loss, set: (epoch) => setsPerEpoch * epoch }),
})
const seeds = (n: number) => Array.from({ length: n }, (_, index) => index + 1)
/** One run per loss, with seeds from 1. */
const runsOf = (arm: number, losses: readonly number[], some: Some = {}) =>
  losses.map((loss, index) => run(arm, index + 1, { ...some, loss }))

const first = [0.02, 0.03, 0.025, 0.021, 0.022, 0.028, 0.024, 0.027, 0.029, 0.023]
const second = [0.03, 0.035, 0.024, 0.031, 0.029, 0.033, 0.036, 0.028, 0.04, 0.037]
const third = [0.01, 0.012, 0.018, 0.03, 0.011, 0.013, 0.016, 0.017, 0.014, 0.019]

describe('comparing arms', () => {
  const arms = [device('first'), device('second'), device('third')]
  const runs = [...runsOf(0, first), ...runsOf(1, second, { setsPerEpoch: 5 }), ...runsOf(2, third, { setsPerEpoch: 20 })]
  const comparison = compareArms(arms, runs, by({ reference: 'first' }))

  it('sorts arms by mean and gives no warning if there is nothing to warn about', () => {
    expect(comparison.arms.map(({ label }) => label)).toEqual(['third', 'first', 'second'])
    expect(comparison.reference).toBe('first')
    expect(comparison.warnings).toEqual([])
  })

  it('gives each arm a mean, a spread, an interval and a worst loss', () => {
    const { sample, interval, worst } = byLabel(comparison, 'second')
    expect(sample).toMatchObject({ n: 10, mean: expect.closeTo(0.0323, 12) })
    expect(interval).toEqual(bootstrapInterval(byLabel(comparison, 'second').runs.map(({ loss }) => loss)))
    expect(worst).toBeCloseTo(0.04, 12)
  })

  it('tests each arm against the reference, paired by seed and corrected for the number of tests', () => {
    const differences = (losses: number[]) => losses.map((loss, index) => loss - first[index]!)
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

  it('does not depend on the order of the runs', () => {
    fc.assert(fc.property(fc.shuffledSubarray(runs, { minLength: runs.length }), (shuffled) => {
      expect(compareArms(arms, shuffled, by({ reference: 'first' }))).toEqual(comparison)
    }), { numRuns: 5 })
  })

  it('puts an arm on the front of loss against SETs if no other is better', () => {
    const worse = [...runs, ...runsOf(3, second.map((loss) => loss + 0.01), { setsPerEpoch: 6 })]
    const { arms: compared } = compareArms([...arms, device('worse')], worse, by())
    expect(compared.filter(({ onFront }) => onFront).map(({ label }) => label)).toEqual(['third', 'first', 'second'])
  })

  it('pairs only seeds that both arms have', () => {
    const some = compareArms(arms, runs.filter(({ arm, seed }) => (arm === 0 ? seed > 2 : seed < 9)), by())
    expect(byLabel(some, 'second').sample.n).toBe(8)
    expect(byLabel(some, 'second').test).toMatchObject({
      pairs: 6, p: signFlipTest(second.slice(2, 8).map((loss, index) => loss - first[index + 2]!)),
    })
    const apart = compareArms(arms, runs.filter(({ arm, seed }) => (arm === 0) === (seed > 5)), by())
    expect(byLabel(apart, 'second').test).toBeNull()
  })

  it('finds the reference by the value of its numbers, as a person would type them', () => {
    const labelled = arms.map((arm, index) => ({ ...arm, label: ['Rate 0.0002', 'Rate 7.5 × 10⁻⁵', 'Rate 12\u202f345'][index] ?? arm.label }))
    const compared = compareArms(labelled, runs, by({ reference: 'Rate 0.000075' }))
    expect([compared.reference, compared.warnings]).toEqual(['Rate 7.5 × 10⁻⁵', []])
  })

  it('tests against the first arm if the reference is empty or unknown', () => {
    expect(compareArms(arms, runs, by())).toMatchObject({ reference: 'first', warnings: [] })
    const missing = compareArms(arms, runs, by({ reference: 'another' }))
    expect(missing.reference).toBe('first')
    expect(missing.warnings).toEqual(['There is no arm “another”. The other arms are tested against the first arm, “first”.'])
    expect(compareArms(arms, runs, by({ reference: 'third' })).arms.map(({ test }) => test === null)).toEqual([true, false, false])
  })
})

describe('a budget', () => {
  const arms = [device('frugal'), device('lavish'), digital('digital')]
  const falling = (arm: number, seed: number, setsPerEpoch: number): RunToCompare => ({
    runId: `arm${arm}seed${seed}`, arm, seed, status: 'done', baselines: { zero: 0.2, constant: 0.2 },
    curve: learningCurveOf(100, {
      loss: (epoch) => 1 / epoch, set: (epoch) => setsPerEpoch * epoch, reset: () => 0, read: () => 0,
    }),
  })
  const runs = seeds(10).flatMap((seed) => [falling(0, seed, 1), falling(1, seed, 4), falling(2, seed, 0)])
  const meanOfInverses = (from: number, to: number) => {
    let sum = 0
    for (let epoch = from; epoch <= to; epoch++) sum += 1 / epoch
    return sum / (to - from + 1)
  }

  it('in SETs evaluates each run at the last epoch within the budget', () => {
    const comparison = compareArms(arms, runs, by({ budget: { kind: 'set', pulses: 240 }, energy: { set: 50, reset: 100, read: 1 } }))
    expect(byLabel(comparison, 'lavish').runs[0]).toEqual({
      runId: 'arm1seed1', seed: 1, loss: expect.closeTo(meanOfInverses(41, 60), 12), epochs: 60, set: 240, reset: 0, read: 0,
      energy: expect.closeTo(0.012, 12), stability: { outcome: 'learned', reasons: [] },
    })
    expect(byLabel(comparison, 'frugal').runs[0]).toMatchObject({ epochs: 100, loss: expect.closeTo(meanOfInverses(81, 100), 12) })
    expect(byLabel(comparison, 'frugal')).toMatchObject({ set: 100, energy: expect.closeTo(0.005, 12) })
    expect(byLabel(comparison, 'digital').runs[0]).toMatchObject({ epochs: 100, set: 0 })
    expect(comparison.warnings).toEqual([
      '10 runs stayed within 240 SETs, so all their epochs count: frugal (10).',
      'Digital arms fire no pulses, so all their epochs count: digital.',
    ])
    expect(comparison.arms.filter(({ onFront }) => onFront).map(({ label }) => label)).toEqual(['frugal'])
  })

  it('in energy does the same, with the energy of each pulse', () => {
    const energy = { set: 100, reset: 1, read: 1 }
    const { arms: [, lavish] } = compareArms(arms.slice(0, 2), runs, by({ budget: { kind: 'energy', microjoules: 0.0201 }, energy }))
    expect(lavish).toMatchObject({ label: 'lavish', set: 200, energy: expect.closeTo(0.02, 12) })
    expect(lavish!.runs[0]!.epochs).toBe(50)
  })

  it('exceeded in the first epoch keeps the run without a loss and warns about it', () => {
    const comparison = compareArms(arms.slice(0, 2), runs, by({ budget: { kind: 'set', pulses: 3 } }))
    const lavish = byLabel(comparison, 'lavish')
    expect(lavish.runs).toHaveLength(10)
    expect(lavish.runs[0]).toMatchObject({ loss: NaN, epochs: 0, set: 0, energy: 0, stability: { outcome: 'untrained', reasons: [] } })
    expect(lavish).toMatchObject({ interval: null, worst: NaN, test: { pairs: 10, p: NaN, corrected: NaN }, onFront: false })
    expect(comparison.arms.at(-1)).toBe(lavish)
    expect(comparison.warnings).toEqual([
      '10 runs exceeded 3 SETs in the first epoch, so no epoch counts and there is no loss: lavish (10).',
    ])
  })
})

describe('runs without a usable loss', () => {
  const arms = [device('sound'), device('broken'), device('other')]

  it('are counted by outcome and make the mean NaN', () => {
    const runs = [...runsOf(0, first), ...runsOf(1, [NaN, 0.3, ...first.slice(2, 8), 0.5, 0.19]), ...runsOf(2, third)]
    const comparison = compareArms(arms, runs, by())
    const broken = comparison.arms.at(-1)!
    expect(broken).toMatchObject({
      label: 'broken', sample: { n: 10, mean: NaN }, interval: null, worst: NaN, onFront: false,
      outcomes: { learned: 6, untrained: 2, silent: 0, diverged: 2 },
      test: { pairs: 10, difference: NaN, interval: null, p: NaN, corrected: NaN },
    })
    expect(broken.runs[0]!.stability).toEqual({ outcome: 'diverged', reasons: ['not a number'] })
    const { p, corrected } = byLabel(comparison, 'other').test!
    expect(corrected).toBe(2 * p)
    expect(comparison.warnings).toEqual([
      '1 run ended with a loss that is not a number. Arms without interval and test: broken (1).',
    ])
  })

  it('in the reference prevent tests and give a warning', () => {
    const { warnings } = compareArms(arms.slice(0, 2), [...runsOf(0, [NaN, ...first.slice(1)]), ...runsOf(1, second)], by())
    expect(warnings).toEqual([
      '1 run ended with a loss that is not a number. Arms with the same seeds have no test against “sound”. Arms without interval and test: sound (1).',
    ])
  })

  it('are counted but left out of the mean if they failed or have not finished', () => {
    const lost = (arm: number, seed: number, status: 'failed' | 'unfinished'): RunToCompare => ({ runId: `lost${arm}${seed}`, arm, seed, status })
    const runs = [...runsOf(0, first), ...runsOf(1, second), lost(1, 11, 'failed'), lost(1, 12, 'unfinished'), lost(2, 1, 'unfinished')]
    const comparison = compareArms(arms, runs, by())
    expect(byLabel(comparison, 'broken')).toMatchObject({ failed: 1, unfinished: 1, sample: { n: 10 } })
    expect(comparison.arms.at(-1)).toMatchObject({
      label: 'other', sample: { n: 0, mean: NaN, sd: null }, interval: null, worst: null, set: null, energy: null, test: null,
      outcomes: { learned: 0, untrained: 0, silent: 0, diverged: 0 }, failed: 0, unfinished: 1, onFront: false,
    })
    expect(comparison.warnings).toEqual([
      '1 run failed and is left out of the means: broken (1).',
      '2 runs have not finished and are left out of the means: broken (1), other (1).',
    ])
  })

  it('count once after a retry, with the result of the retry', () => {
    const failed: RunToCompare = { runId: 'failed', arm: 0, seed: 1, status: 'failed' }
    const waiting: RunToCompare = { runId: 'waiting', arm: 0, seed: 2, status: 'unfinished' }
    const comparison = compareArms(arms.slice(0, 1), [
      failed, { ...failed, seed: 2 }, run(0, 1), { ...run(0, 1, { loss: 0.02 }), runId: 'again' }, waiting,
    ], by())
    expect(comparison.arms[0]).toMatchObject({ failed: 0, unfinished: 1, sample: { n: 1, mean: expect.closeTo(0.01, 12) } })
    expect(comparison.arms[0]!.runs.map(({ runId }) => runId)).toEqual(['arm0seed1'])
  })
})

describe('comparison warnings', () => {
  const warnings = (arms: number, n: number, some: Some = {}) => compareArms(
    Array.from({ length: arms }, (_, arm) => device(`a${arm}`)),
    Array.from({ length: arms }, (_, arm) => seeds(n).map((seed) => run(arm, seed, some))).flat(),
    by(),
  ).warnings

  it('tell that there are few seeds and the smallest p they allow', () => {
    expect(warnings(2, 5)).toEqual([
      'n = 5. Use at least 10 seeds per arm. With 5 seeds, an exact paired test cannot give p below 0.0625.',
    ])
    expect(warnings(1, 1)).toEqual(['n = 1. Use at least 10 seeds per arm. With 1 seed, an exact paired test cannot give p below 1.'])
    const uneven = compareArms([device('a'), device('b')], [...seeds(3).map((seed) => run(0, seed)), ...seeds(12).map((seed) => run(1, seed))], by())
    expect(uneven.warnings[0]).toMatch(/^n = 3 to 12\. Use at least 10/)
  })

  it('tell that ten seeds are too few for the number of arms', () => {
    expect(warnings(26, 10)).toEqual([])
    expect(warnings(31, 10)).toEqual(['30 arms are tested. With 10 pairs, Holm\'s correction cannot give p below 0.0586.'])
  })

  it('tell that runs have different lengths', () => {
    const { warnings: given } = compareArms([device('a'), device('b')], [
      ...seeds(10).map((seed) => run(0, seed, { epochs: 100 })), ...seeds(10).map((seed) => run(1, seed, { epochs: 250 })),
    ], by())
    expect(given).toEqual(['The runs have 100 to 250 epochs. Each is compared at its own end.'])
  })

  it('tell that the reference has no finished run', () => {
    const { warnings: given } = compareArms([device('a'), device('b')], seeds(10).map((seed) => run(1, seed)), by())
    expect(given).toEqual(['The reference arm “a” has no finished run, so no arm is tested.'])
  })

  it('tell that no run has finished', () => {
    expect(compareArms([device('a')], [], by())).toMatchObject({ reference: 'a', warnings: ['No run has finished yet.'] })
    expect(compareArms([], [], by())).toMatchObject({ reference: '', arms: [], warnings: ['No run has finished yet.'] })
  })

  it('name at most three arms', () => {
    const { warnings: given } = compareArms(
      seeds(5).map((arm) => device(`a${arm}`)), seeds(5).flatMap((arm) => runsOf(arm - 1, [...first.slice(1), NaN])), by({ reference: 'a5' }),
    )
    expect(given).toEqual([expect.stringMatching(/^5 runs .*: a1 \(1\), a2 \(1\), a3 \(1\) and 2 more\.$/)])
  })
})

describe('arms of one group', () => {
  const grouped = (label: string, group: string) => ({ ...device(label), group })
  const arms = [device('reference'), grouped('tuned, search 1', 'tuned'), grouped('tuned, search 2', 'tuned')]
  const runs = [...runsOf(0, first), ...runsOf(1, second), ...runsOf(2, third)]
  const comparison = compareArms(arms, runs, by({ reference: 'reference' }))
  const tuned = byLabel(comparison, 'tuned')

  it('count as one arm with the runs of all searches', () => {
    expect(comparison.arms.map(({ label }) => label)).toEqual(['tuned', 'reference'])
    expect(tuned).toMatchObject({ arm: 1, restarts: 2, sample: { n: 20, mean: expect.closeTo((0.0323 + 0.016) / 2, 12) } })
    expect(tuned.interval).toEqual(nestedBootstrapInterval([second, third])!.map((end) => expect.closeTo(end, 12)))
    expect(byLabel(comparison, 'reference').restarts).toBeUndefined()
  })

  it('are tested by the mean of each seed over the searches', () => {
    const differences = first.map((loss, index) => (second[index]! + third[index]!) / 2 - loss)
    expect(tuned.test).toMatchObject({
      pairs: 10, difference: expect.closeTo((0.0323 + 0.016) / 2 - 0.0249, 10), p: signFlipTest(differences),
    })
    const width = ([low, high]: readonly [number, number]) => high - low
    expect(width(tuned.test!.interval!)).toBeGreaterThan(width(bootstrapInterval(differences)!))
  })

  it('can be the reference, by the name of the group', () => {
    const turned = compareArms(arms, runs, by({ reference: 'tuned' }))
    expect(turned.reference).toBe('tuned')
    expect(byLabel(turned, 'reference').test!.difference).toBeCloseTo(-tuned.test!.difference, 12)
    expect(turned.warnings).toEqual([])
  })

  it('count their seeds, not their runs, as n', () => {
    const few = compareArms(arms, runs.filter(({ seed }) => seed <= 5), by({ reference: 'reference' }))
    expect(few.warnings.join()).toContain('n = 5.')
  })
})
