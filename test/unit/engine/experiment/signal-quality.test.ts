import { describe, expect, it } from 'vitest'
import { checkSpec, parseSpec } from '../../../../src-engine/experiment/parse.ts'
import { warningsOf } from '../../../../src-engine/experiment/warnings.ts'
import { targetOf } from '../../../../src-engine/task/laws.ts'

const documentOf = (samples: number[], task: object = {}) => ({ task: { kind: 'signal', file: 'x.csv', steps: 50, samples, ...task } })
const problemsOf = (samples: number[], task: object = {}) => {
  const checked = checkSpec(documentOf(samples, task))
  return checked.ok ? [] : checked.problems
}
const warned = (samples: number[], task: object = {}) =>
  warningsOf(parseSpec(documentOf(samples, task), 'test')).map(({ path, message }) => `${path}: ${message}`)
const target = (samples: number[], task: object = {}) => [...targetOf(parseSpec(documentOf(samples, task), 'test').task, 1, 0)]
const wave = (length: number, period = 20) =>
  Array.from({ length }, (_, index) => Math.sin((2 * Math.PI * index) / period) + Math.sin(index / 977) / 3)

describe('a signal', () => {
  it('without doubt has no warning', () => {
    expect([problemsOf(wave(500)), warned(wave(500), { steps: 500 }), warned(wave(40))]).toEqual([[], [], []])
  })

  it.each([14.62, 20.1, 0.07, 100, -3.3, 0])('of one value, %d, is warned of and has a target of 0', (value) => {
    const flat = Array.from({ length: 1000 }, () => value)
    for (const normalise of ['centre', 'standard']) expect(new Set(target(flat, { normalise }))).toEqual(new Set([0]))
    expect(warned(flat)).toEqual([expect.stringContaining(`task.samples: The signal has the same value everywhere, ${String(value).replace('-', '\u2212')}: its target is 0.`)])
  })

  it('that differs by rounding only is flat, and one that hardly varies is warned of', () => {
    expect(new Set(target(Array.from({ length: 100 }, (_, index) => 0.1 + (index % 3) * 1e-17)))).toEqual(new Set([0]))
    expect(warned(wave(100).map((value) => 1e9 + value))).toEqual([expect.stringContaining('varies by only')])
  })

  it.each([
    [[1.7e308, 1.6e308, 1.5e308], 'Sample 1 is 1.7e+308'],
    [[1, 2, -1.7976931348623157e308], 'Sample 3 is -1.7976931348623157e+308'],
  ])('with the overflow %j is refused, and the value named', (samples, found) => {
    expect(problemsOf(samples)).toEqual([{ path: 'task.samples', rule: expect.stringContaining(found), found: '' }])
  })

  it('of large values has no sum that overflows', () => {
    const large = wave(100).map((value) => value * 1e290)
    const [scaled, plain] = [target(large, { normalise: 'standard' }), target(wave(100), { normalise: 'standard' })]
    scaled.forEach((value, index) => expect(value).toBeCloseTo(plain[index]!, 12))
    expect(problemsOf(large, { normalise: 'none' })).toMatchObject([{ path: 'task.normalise' }])
  })

  it.each([-9999, 32_767, -32_768, 9.96921e36])('with the fill value %d is warned of, with the count', (fill) => {
    expect(warned([...wave(200), fill, fill])).toContainEqual(expect.stringContaining(`is ${fill} in 2 samples, and between`))
    // An extreme among others of its size is a measurement.
    expect(warned([...wave(200).map((value) => value * 30_000), fill].filter((value) => Math.abs(value) < 1e6))).toEqual([])
  })

  it('that stays at its extreme is warned of', () => {
    const cut = wave(400).map((value) => Math.min(value, 0.5))
    expect(warned(cut, { steps: 400 })).toEqual([expect.stringMatching(/stays at its largest value, 0\.5, for \d+ samples/)])
    expect(warned(wave(400).map((value) => Math.sign(value)), { steps: 400 })).toEqual([])
  })

  it('needs two samples for each pattern, and is warned of below ten', () => {
    expect(problemsOf([1, 2, 4], { patterns: 2 })).toEqual([
      { path: 'task.patterns', rule: 'must be at most 1, because each pattern needs two of the 3 samples', found: '2' },
    ])
    expect(warned([1, 2, 4, 3])).toEqual([expect.stringContaining('task.patterns: The signal has only 4.00 samples for each pattern of 50 steps.')])
  })

  it('that is faster than the steps is warned of, with the lost share', () => {
    const words = /task\.steps: The signal has 5000 samples for each pattern of 50 steps\. \d+(\.\d+)? % of/
    expect(warned(wave(5000))).toEqual([expect.stringMatching(words)])
    expect(warned(wave(5000, 2500))).toEqual([])
  })

  it('of several columns is judged by column', () => {
    const columns = ['a', 'b']
    const flat = wave(40).map(() => 3)
    expect(warned([...wave(40), ...flat], { columns })).toEqual([expect.stringContaining(`The signal 'b' has the same value everywhere`)])
    expect(problemsOf([...wave(40), ...wave(39), 1.7e308], { columns })).toMatchObject([{ rule: expect.stringContaining(`Sample 40 of 'b' is`) }])
  })
})
