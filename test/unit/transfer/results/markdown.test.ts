import { expect, test } from 'vitest'
import { escaped, markdownReport } from '../../../../src-main/transfer/results/markdown.ts'
import type { StudySection } from '../../../../src-main/transfer/results/report.ts'
import { armOf, comparisonOf, runOf, studyReport } from '../../../fixtures/study-report.ts'

const report = studyReport()
const textOf = (...sections: StudySection[]) => markdownReport({ ...report, sections }, new Map())

const full = (loss: number, label: string) => ({
  arm: armOf(label, [runOf({ loss }), runOf({ loss, seed: 202 })]),
  facets: { scheme: 'sign' as const, name: label, mode: 'full' as const, conventions: 'corrected' as const },
})

function schemesOf(...arms: ReturnType<typeof full>[]): StudySection {
  return {
    id: 'schemes', title: 'Schemes', intro: [], kind: 'schemes', comparison: comparisonOf(arms.map(({ arm }) => arm)),
    facets: Object.fromEntries(arms.map(({ arm, facets }) => [arm.label, facets])),
  }
}

test('the headline names the scheme with the smallest mean', () => {
  expect(textOf(schemesOf(full(0.02, 'First'), full(0.01, 'Second'))))
    .toContain('With corrected conventions: **Second** is the best scheme on the full PCM model: mean MSE 0.0100')
  expect(textOf(schemesOf(full(0.001, 'First'), full(0.01, 'Second')))).toContain('**First** is the best')
})

test('a headline states its caveat', () => {
  expect(textOf({ ...schemesOf(full(0.02, 'First')), caveat: 'settings of another' }))
    .toContain('With corrected conventions (settings of another): **First**')
})

test('an arm without a mean is never the best', () => {
  const text = textOf(schemesOf(full(NaN, 'Broken'), full(3, 'Poor')))
  expect(text).toContain('**Poor** is the best')
})

test('the headline gives interval, n and the best digital scheme for each of the conventions', () => {
  const text = markdownReport(report, new Map())
  const lines = text.split('\n').filter((line) => line.startsWith('With '))
  expect(lines.map((line) => line.slice(0, 14))).toEqual(['With corrected', 'With published'])
  const best = /\*\*Mixed precision\*\* .* \(95 % interval [\d.]+ to [\d.]+, n = 10\)\. The best digital scheme is FP32: mean/
  for (const line of lines) expect(line).toMatch(best)
})

test('groups arms by mode and conventions, each row with all columns', () => {
  const text = markdownReport(report, new Map([['schemes', 'schemes.svg']]))
  expect(text).toContain('### Full PCM model, corrected conventions')
  expect(text).toContain('### Digital weights, published conventions')
  const rows = text.split('\n').filter((line) => line.startsWith('|'))
  for (const row of rows) expect(row.split(/(?<!\\)\|/)).toHaveLength(14)
  expect(text).toContain('![Schemes](schemes.svg)')
})

test('shows a diverged arm without a mean, and an arm without runs', () => {
  const text = markdownReport(report, new Map())
  expect(text).toMatch(/\| Sign \| 10 \| n\/a .* 8 learned, 2 diverged \(not a number, runaway rates\) \|/)
  expect(text).toMatch(/\| Stochastic \| 0 \| n\/a .* no runs \|/)
})

test('puts warnings above the table, including one about many tests with few pairs', () => {
  const text = markdownReport(report, new Map())
  expect(text).toContain('> **Note:** Stochastic, performance mode, published: 10 runs failed.')
  expect(text).toContain('With 10 pairs, p cannot be below 0.0020. After correction for 26 tests, it cannot be below 0.051.')
})

test('lists different budgets by section', () => {
  const [schemes, ablation] = report.sections
  const budgeted = { ...ablation, comparison: { ...ablation.comparison, budget: { kind: 'set' as const, pulses: 100_000 } } }
  const text = textOf(schemes, budgeted)
  expect(text).toContain('- Schemes: Budget: equal epochs')
  expect(text).toContain(`- What each non-ideality costs: Budget: 100\u202f000 SET pulses`)
})

test('escapes names', () => {
  expect(escaped('a|b *c* _d_ <e>\nf')).toBe('a\\|b \\*c\\* \\_d\\_ \\<e\\> f')
})
