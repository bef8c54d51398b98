import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makePatterns } from '../../../../src-engine/task/patterns.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'
import type { SweepInput } from '../../../../src-engine/experiment/sweep.ts'
import { armCount, expandSweep, variationsOf } from '../../../../src-engine/sweep/expand-sweep.ts'

const base = { training: { epochs: 10 } }
const expanded = (sweep: Partial<SweepInput>) => {
  const result = expandSweep({ spec: base, ...sweep })
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result
}
const problemsOf = (sweep: object) => {
  const result = expandSweep({ spec: base, ...sweep })
  return result.ok ? [] : result.problems
}
const pathsOf = (sweep: object) => problemsOf(sweep).map(({ path }) => path)

test('a sweep without axes runs the experiment once per seed', () => {
  const { arms, runs } = expanded({ seeds: [3, 1] })
  expect(arms.map(({ label, spec }) => [label, spec.seed])).toEqual([['as designed', 3]])
  expect(runs.map(({ seed, spec }) => [seed, spec.seed])).toEqual([[3, 3], [1, 1]])
  expect(runs[0]!.spec).toEqual({ ...specSchema.parse(base), seed: 3, name: 'as designed' })
})

test('labels write all digits of a value, with a power of ten for small ones', () => {
  const { arms, runs } = expanded({ name: 'Rates', axes: [{ kind: 'list', path: 'learning.rateInput', values: [0.0000774251, 0.0004552, 0.5] }] })
  const title = arms[2]!.label.replace('0.5', '')
  expect(arms.map(({ label }) => label.replace(title, ''))).toEqual(['7.74251 × 10⁻⁵', '0.0004552', '0.5'])
  expect(runs[0]!.spec.name).toBe(`Rates · ${title}7.74251 × 10⁻⁵`)
})

test('the name of a run loses whole parts if it is too long, never digits', () => {
  const paths = ['learning.rateInput', 'learning.rateRecurrent', 'learning.rateOutput', 'learning.weightClip', 'network.threshold', 'network.tauRecurrent', 'network.tauOutput']
  const axes = paths.map((path) => ({ kind: 'list' as const, path, values: [0.123456] }))
  const { arms, runs } = expanded({ name: 'A name that is rather long '.repeat(5), axes })
  const { label } = arms[0]!
  const { name } = runs[0]!.spec
  expect(label.length).toBeGreaterThan(160)
  expect(name.length).toBeLessThanOrEqual(200)
  expect(name.match(/[\d.]+/g)!.every((number) => number === '0.123456')).toBe(true)
})

test('every scheme starts from its own defaults, and runs are ordered by seed', () => {
  const schemes = ['sign', 'stochastic', 'mixed-precision']
  const mixed = { scheme: { kind: 'mixed-precision', accumulatorStep: 0.5 } }
  const { runs, arms } = expanded({ name: 'Which one', spec: mixed, axes: [{ kind: 'list', path: 'scheme.kind', values: schemes }], seeds: [1, 2] })
  expect(runs.map(({ arm, seed }) => [arm, seed])).toEqual([[0, 1], [1, 1], [2, 1], [0, 2], [1, 2], [2, 2]])
  expect(runs.map(({ spec }) => spec.scheme.kind)).toEqual([...schemes, ...schemes])
  expect(arms[2]!.spec.scheme).toMatchObject({ accumulatorStep: 0.5 })
  expect(arms[0]!.spec.name).toBe('Which one · Sign')
})

test('arms of one seed see the same data', () => {
  const { runs } = expanded({ axes: [{ kind: 'list', path: 'scheme.kind', values: ['sign', 'fp32'] }], seeds: [5] })
  const [one, other] = runs.map(({ spec }) => makePatterns(spec.task, spec.seed)[0])
  expect(one!.target).toEqual(other!.target)
})

test('ranges include their ends, samples stay within theirs, and whole numbers stay whole', () => {
  fc.assert(fc.property(
    fc.double({ min: 1e-6, max: 1, noNaN: true }), fc.double({ min: 1.1, max: 100, noNaN: true }), fc.constantFrom('linear', 'logarithmic'),
    fc.integer({ min: 2, max: 12 }), fc.constantFrom('sobol', 'random'), fc.nat(),
    (from, factor, scale, count, sequence, seed) => {
      const to = from * factor
      const { arms } = expanded({
        axes: [
          { kind: 'range', path: 'learning.rateInput', from, to, scale, count } as never,
          { kind: 'sample', path: 'learning.rateOutput', from, to, scale } as never,
          { kind: 'sample', path: 'network.recurrentNeurons', from: 3, to: 90, scale } as never,
        ],
        sampling: { sequence, count: 4, seed } as never,
      })
      const rates = [...new Set(arms.map(({ spec }) => spec.learning.rateInput))]
      expect(arms).toHaveLength(4 * rates.length)
      expect([rates[0], rates.at(-1)]).toEqual([from, to])
      for (const { spec } of arms) {
        expect(spec.learning.rateOutput).toBeGreaterThanOrEqual(from * (1 - 1e-5))
        expect(spec.learning.rateOutput).toBeLessThanOrEqual(to * (1 + 1e-5))
        expect(Number.isInteger(spec.network.recurrentNeurons)).toBe(true)
      }
    },
  ), { numRuns: 30 })
})

describe('names the path of every problem', () => {
  test.each<[string, object, string[]]>([
    ['an unknown parameter', { axes: [{ kind: 'list', path: 'learning.rate', values: [1] }] }, ['axes.0.path']],
    ['the seed as a parameter', { axes: [{ kind: 'list', path: 'seed', values: [1] }] }, ['axes.0.path']],
    ['a value out of range', { axes: [{ kind: 'list', path: 'training.epochs', values: [5, 0] }] }, ['axes.0.values.1']],
    ['a range of a choice', { axes: [{ kind: 'range', path: 'scheme.kind', from: 0, to: 1 }] }, ['axes.0.kind']],
    ['a logarithm of 0', { axes: [{ kind: 'sample', path: 'learning.rateInput', from: 0, to: 1, scale: 'logarithmic' }] }, ['axes.0.from']],
    ['reversed ends', { axes: [{ kind: 'range', path: 'learning.rateInput', from: 1, to: 1 }] }, ['axes.0.to']],
    ['one parameter twice', { axes: [{ kind: 'list', path: 'training.epochs', values: [5] }, { kind: 'list', path: 'training.epochs', values: [6] }] }, ['axes.1.path']],
    ['one seed twice', { seeds: [1, 1] }, ['seeds']],
    ['no seed', { seeds: [] }, ['seeds']],
    ['a bad experiment', { spec: { training: { epochs: 0 } } }, ['spec.training.epochs']],
    ['a parameter that one scheme does not have', {
      axes: [{ kind: 'list', path: 'scheme.kind', values: ['sign', 'mixed-precision'] }, { kind: 'list', path: 'scheme.smallestJump', values: [1] }],
    }, ['axes.1.values.0']],
    ['rounds longer than the experiment', { halving: { firstEpochs: 10 } }, ['halving.firstEpochs']],
    ['rounds of unequal arms', { axes: [{ kind: 'list', path: 'training.epochs', values: [5, 6] }], halving: { firstEpochs: 2 } }, ['halving']],
    ['an unknown name', { seed: 4 }, ['seed']],
    ['one bad axis and another', {
      axes: [
        { kind: 'range', path: 'learning.rateInput', from: 1, to: 2, count: 1 },
        { kind: 'range', path: 'learning.rateOutput', from: 0, to: 1, scale: 'logarithmic' },
      ],
    }, ['axes.0.count', 'axes.1.from']],
  ])('%s', (_, sweep, paths) => expect(pathsOf(sweep)).toEqual(paths))

  test('refuses too many runs before creating them', () => {
    const axes = ['learning.rateInput', 'learning.rateOutput', 'learning.rateRecurrent', 'learning.targetRate']
      .map((path) => ({ kind: 'range', path, from: 1, to: 2, count: 1000 }))
    expect(pathsOf({ axes })).toEqual(['axes'])
    expect(pathsOf({ axes: axes.slice(0, 1), seeds: Array.from({ length: 11 }, (_, seed) => seed) })).toEqual(['axes'])
  })
})

test.each<[string, Partial<SweepInput>]>([
  ['one run', {}],
  ['a list and a range', { axes: [
    { kind: 'list', path: 'learning.rateOutput', values: [1, 2, 3] },
    { kind: 'range', path: 'network.recurrentNeurons', from: 5, to: 7, count: 5, scale: 'linear' },
  ] }],
  ['variants and a sample', {
    axes: [{ kind: 'sample', path: 'learning.rateOutput', from: 1, to: 2, scale: 'linear' }], sampling: { count: 6 },
    variants: [{ label: 'sign', changes: { 'scheme.kind': 'sign' } }, { label: 'FP32', changes: { 'scheme.kind': 'fp32' } }],
  }],
])('counts and labels the arms of %s without their specs', (_name, sweep) => {
  const expanded = expandSweep({ spec: {}, ...sweep })
  if (!expanded.ok) throw new Error(JSON.stringify(expanded.problems))
  expect(armCount(expanded.sweep)).toBe(expanded.arms.length)
  expect(variationsOf(expanded.sweep)).toEqual(expanded.arms.map(({ label, changes }) => ({ label, changes })))
})
