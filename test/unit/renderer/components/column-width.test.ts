import { expect, test } from 'vitest'
import { widthOfNumbers } from '../../../../src-renderer/components/column-width.ts'
import { widthsOfRuns } from '../../../../src-renderer/views/run-widths.ts'

test('a column is as wide as its longest number, or as its title', () => {
  expect([widthOfNumbers(['0.5', '0.0123']), widthOfNumbers(['1'], 'SET pulses'), widthOfNumbers([])]).toEqual(['7ch', '9ch', '1ch'])
  const wide = [widthOfNumbers(['7.74 × 10⁻⁵']), widthOfNumbers(['4\u202f294\u202f967\u202f295'])].map((text) => Number(text.replace('ch', '')))
  expect(wide[0]).toBeGreaterThan(9)
  expect(wide[1]).toBeGreaterThan(11)
})

test('runs give the widths of their seeds and epochs', () => {
  expect(widthsOfRuns([{ seed: 42, epochs: 250 }])).toEqual({ '--seed': '3ch', '--epochs': '10ch' })
  const { '--seed': seed } = widthsOfRuns([{ seed: 42, epochs: 250 }, { seed: 4_294_967_295, epochs: 1 }])
  expect(seed).toBe('13ch')
})
