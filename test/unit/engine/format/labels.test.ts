import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distinctLabels, fittedLabel, wrappedLabel } from '../../../../src-engine/format/labels.ts'

/** Numbers of the generated texts. */
const WHOLE_NUMBER = /[−\d][\d.\u202f]*(e[+-]?\d+)?( ± [\d.]+)?( × 10[⁻⁵]+)?/g
const fitted = (text: string, most: number) => fittedLabel(text, ({ length }) => length <= most)

describe('a name that does not fit', () => {
  const name = 'Search of rates · Learning rate (input weights) 7.74251 × 10⁻⁵'
  test.each([
    [62, name], [55, 'Search … · Learning rate (input weights) 7.74251 × 10⁻⁵'], [40, '… rate (input weights) 7.74251 × 10⁻⁵'],
    [16, '… 7.74251 × 10⁻⁵'], [12, 'Search of …'], [1, '…'],
  ])('within %d characters', (most, text) => expect(fitted(name, most)).toBe(text))

  test('keeps the end of a path and of a long word', () => {
    expect(fitted('/home/somebody/library.chalcogen', 24)).toBe('/home/…library.chalcogen')
    expect(fitted('abcdefghijklmnop', 8)).toBe('…jklmnop')
  })

  test('never shows a part of a number, and is never too long', () => {
    const number = fc.oneof(
      fc.double({ min: 1e-9, max: 1e9, noNaN: true }).map(String), fc.constantFrom('7.74 × 10⁻⁵', '12\u202f345', '10⁻⁴', '0.0161 ± 0.0017', '−3'),
    )
    const word = fc.constantFrom('rate', 'Decay', '·', 'of', 'recurrent', '/')
    fc.assert(fc.property(fc.array(fc.oneof(number, word), { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 80 }), (words, most) => {
      const text = words.join(' ')
      const short = fitted(text, most)
      expect(short.length).toBeLessThanOrEqual(Math.max(1, most))
      const [head, tail = ''] = short.split('…')
      expect(text.startsWith(head) && text.endsWith(tail.trimStart())).toBe(true)
      if (short === text) return
      const [cutFrom, cutTo] = [head.length, text.length - tail.trimStart().length]
      for (const { 0: whole, index } of text.matchAll(WHOLE_NUMBER)) {
        for (const cut of [cutFrom, cutTo]) expect(cut > index && cut < index + whole.length).toBe(false)
      }
    }))
  })
})

test('a label is broken between words, never in a number', () => {
  expect(wrappedLabel('Learning rate 7.74 × 10⁻⁵ and 0.0161 ± 0.0017', 16)).toBe('Learning rate\n7.74 × 10⁻⁵ and\n0.0161 ± 0.0017')
  expect([wrappedLabel('short', 16), wrappedLabel('', 16), wrappedLabel('7.74251 × 10⁻⁵', 3)]).toEqual(['short', '', '7.74251 × 10⁻⁵'])
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
