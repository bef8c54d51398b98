import { describe, expect, it } from 'vitest'
import { counted, short } from '../../../../src-renderer/charts/text.ts'

describe('short', () => {
  it.each([
    [0, '0'], [0.1 + 0.2, '0.3'], [-1.5, '−1.5'], [1e-4, '10⁻⁴'], [2.5e-5, '2.5·10⁻⁵'],
    [12_345, '12345'], [3e6, '3·10⁶'], [NaN, 'NaN'], [-Infinity, '−∞'],
  ])('%d is %s', (value, text) => expect(short(value)).toBe(text))
})

describe('counted', () => {
  it('uses singular and plural', () => expect([counted(1, 'gap'), counted(2, 'gap')]).toEqual(['1 gap', '2 gaps']))
})
