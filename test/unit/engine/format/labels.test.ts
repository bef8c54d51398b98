import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distinctLabels, fittedLabel, fittedStart, unbroken, wrappedLabel } from '../../../../src-engine/format/labels.ts'

/** Numbers of the generated texts. */
const WHOLE_NUMBER = /[−\d][\d.\u202f]*(e[+-]?\d+)?( ± [\d.]+)?( × 10[⁻⁵]+)?/g
const fitted = (text: string, most: number) => fittedLabel(text, ({ length }) => length <= most)

describe('a name that does not fit', () => {
  const name = 'Search of rates · Learning rate (input weights) 7.74251 × 10⁻⁵'
  test.each([
    [62, name], [40, 'Search … (input weights) 7.74251 × 10⁻⁵'], [16, '… 7.74251 × 10⁻⁵'], [10, 'Search …'], [1, '…'],
  ])('within %d characters', (most, text) => expect(fitted(name, most)).toBe(text))

  test('keeps the numbers first, since they tell the runs of a sweep apart', () => {
    expect(fitted('A search · Input learning rate 6.7 × 10⁻⁵ · Readout learning rate 6.1 × 10⁻⁵', 34)).toBe('A … 6.7 × 10⁻⁵ … rate 6.1 × 10⁻⁵')
  })

  test('keeps the end of a path and of a long word', () => {
    expect(fitted('/home/somebody/library.chalcogen', 24)).toBe('/home/…library.chalcogen')
    expect(fitted('abcdefghijklmnop', 8)).toBe('abc…mnop')
  })

  test('never shows a part of a number, and is never too long', () => {
    const number = fc.oneof(
      fc.double({ min: 1e-9, max: 1e9, noNaN: true }).map(String), fc.constantFrom('7.74 × 10⁻⁵', '12\u202f345', '10⁻⁴', '0.0161 ± 0.0017', '−3'),
    )
    const word = fc.constantFrom('rate', 'Decay', '·', 'of', 'recurrent', '/')
    const words = fc.array(fc.oneof(number, word), { minLength: 1, maxLength: 12 })
    fc.assert(fc.property(words, fc.integer({ min: 1, max: 80 }), (words, most) => {
      const text = words.join(' ')
      const short = fitted(text, most)
      expect(short.length).toBeLessThanOrEqual(Math.max(1, most))
      // Between the gaps are parts of the text, and no gap begins or ends inside a number.
      let from = 0
      for (const part of short.split('…').map((one) => one.trim()).filter(Boolean)) {
        const start = text.indexOf(part, from)
        expect(start).toBeGreaterThanOrEqual(0)
        from = start
      }
      const whole = new Set([...text.matchAll(WHOLE_NUMBER)].map(([number]) => number))
      for (const [number] of short.matchAll(WHOLE_NUMBER)) expect(whole).toContain(number)
    }))
  })
})

test('a label is broken between words, never in a number', () => {
  expect(wrappedLabel('Learning rate 7.74 × 10⁻⁵ and 0.0161 ± 0.0017', 16)).toBe('Learning rate\n7.74 × 10⁻⁵ and\n0.0161 ± 0.0017')
  expect([wrappedLabel('short', 16), wrappedLabel('', 16), wrappedLabel('7.74251 × 10⁻⁵', 3)]).toEqual(['short', '', '7.74251 × 10⁻⁵'])
})

test('a sentence or a list of facts keeps its start', () => {
  const facts = 'seed 42 · epoch 120 of 3000 · 5.8 s left'
  const start = (most: number) => fittedStart(facts, ({ length }) => length <= most)
  expect([40, 32, 26, 1, 0].map(start)).toEqual([facts, 'seed 42 · epoch 120 of 3000 · …', 'seed 42 · …', '…', '…'])
})

test('a number does not break at the end of a line', () => {
  expect(unbroken('Rate 7.74 × 10⁻⁵ and 1 ± 2')).toBe('Rate 7.74\u00a0×\u00a010⁻⁵ and 1\u00a0±\u00a02')
})

describe('labels of one sweep', () => {
  test('lose what they share', () => {
    expect(distinctLabels(['Search · Rate 0.1 · Decay 2', 'Search · Rate 0.2 · Decay 2'])).toEqual(['Rate 0.1', 'Rate 0.2'])
    expect(distinctLabels(['Search · Sign', 'Search · FP32 · Rate 1'])).toEqual(['Sign', 'FP32 · Rate 1'])
  })

  test('stay whole if nothing would be left, or if there is only one', () => {
    expect(distinctLabels(['Search', 'Search · Rate 1'])).toEqual(['Search', 'Search · Rate 1'])
    expect([distinctLabels(['Search · Rate 1']), distinctLabels([])]).toEqual([['Search · Rate 1'], []])
  })

  test('never become equal', () => {
    const part = fc.constantFrom('A', 'B', 'C 1', 'C 2')
    const label = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' · '))
    fc.assert(fc.property(fc.array(label, { maxLength: 6 }), (labels) => {
      expect(new Set(distinctLabels(labels)).size).toBe(new Set(labels).size)
    }))
  })
})
