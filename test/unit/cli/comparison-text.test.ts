import { expect, test } from 'vitest'
import { comparisonText } from '../../../src-main/cli/comparison-text.ts'
import { armOf, comparisonOf, runOf } from '../renderer/comparisons.ts'

const diverged = runOf(1, NaN, { stability: { outcome: 'diverged', reasons: ['runaway rates'] } })
const silent = runOf(2, 0.2, { stability: { outcome: 'silent', reasons: ['no pulses', 'no spikes'] } })
const paired = { pairs: 2, difference: 0.5, interval: null, p: 0.5, corrected: 1 }

test('shows every arm, the outcomes of its runs, notes and warnings', () => {
  const lines = comparisonText(comparisonOf([
    armOf(0, 'Mixed', [runOf(1, 0.1), runOf(2, 0.2)], { interval: [0.1, 0.2], onFront: true }),
    armOf(1, 'Sign', [diverged, silent], { failed: 1, test: paired }),
    armOf(2, 'Nothing yet', [], { unfinished: 2 }),
  ], { warnings: ['n = 2: few.'] })).split('\n')
  expect(lines[1]).toMatch(/^Mixed \* +2 +0\.150 +0\.0707 +0\.100 to 0\.200 +0\.200 +– +– +1500 +0\.750 +2 learned$/)
  expect(lines[2]).toMatch(/^Sign +2 +NaN .* \+0\.500 +1 /)
  expect(lines[2]).toContain('1 diverged (runaway rates), 1 silent (no pulses, no spikes), 1 failed')
  expect(lines[3]).toMatch(/^Nothing yet +0 +– .* 2 unfinished$/)
  expect(lines.slice(-3)).toEqual(['* On the Pareto front of loss and SET pulses.', 'Differences are from Mixed, paired by seed.', 'n = 2: few.'])
})
