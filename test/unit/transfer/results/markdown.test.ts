import { expect, test } from 'vitest'
import type { CheckedClaim } from '../../../../src-engine/study/claims.ts'
import { escaped, markdownReport } from '../../../../src-main/transfer/results/markdown.ts'
import type { StudySection } from '../../../../src-main/transfer/results/report.ts'
import { armOf, comparisonOf, runOf, studyReport } from '../../../fixtures/study-report.ts'

const report = studyReport()
const textOf = (...sections: StudySection[]) => markdownReport({ ...report, sections }, new Map())

const claimed: CheckedClaim = { id: 'first', section: 'schemes', text: 'A finding.', rows: ['Sign, full PCM model', 'FP32'], refused: [] }

test('a finding points at its table and its rows', () => {
  const text = markdownReport({ ...report, claims: [claimed] }, new Map())
  expect(text).toContain('## What it found\n\n- A finding. ([Schemes](#schemes): Sign, full PCM model; FP32.)')
  expect(text).not.toContain('do not support')
})

test('a claim that the results do not support is set apart, with the reason', () => {
  const text = markdownReport({ ...report, claims: [{ ...claimed, refused: ['a < b: the difference is +0.1'] }] }, new Map())
  expect(text).toContain('## What these runs do not support\n\n- A finding. Refused: a \\< b: the difference is +0.1.')
  expect(text).not.toContain('## What it found')
})

test('lists what the study says that it does not show', () => {
  expect(textOf()).not.toContain('does not show')
  expect(markdownReport({ ...report, limits: ['One task.', 'No *wires*.'] }, new Map())).toContain('## What this does not show\n\n- One task.\n- No *wires*.\n\n## How')
})

test('says where settings of another device or scheme come from, and how many searches an arm has', () => {
  const schemes = report.sections[0]!
  const modes = schemes.modes!.map((mode) => (mode.id === 'full' ? { ...mode, settingsOf: 'Performance mode, 8 bits' } : mode))
  const facets = Object.fromEntries(Object.entries(schemes.facets!).map(([label, own]) =>
    [label, own.scheme === 'sign' ? { ...own, settingsOf: 'Stochastic' } : own]))
  const arms = schemes.comparison.arms.map((arm) => ({ ...arm, restarts: 3 }))
  const text = textOf({ ...schemes, modes, facets, comparison: { ...schemes.comparison, arms } })
  expect(text).toContain('### Full PCM model (settings of: Performance mode, 8 bits), corrected conventions')
  expect(text).toContain('| Mixed precision | 10 (3 searches) |')
  expect(text).toContain('| Sign (settings of: Stochastic) |')
  expect(text).toContain('- Arms with several searches:')
})

test('swapped settings have a table of schemes and settings, with the own ones on the diagonal', () => {
  const arms = ['Sign', 'Sign with settings of FP32', 'FP32', 'FP32 with settings of Sign'].map((label, index) =>
    armOf(label, [runOf({ loss: (index + 1) / 10 }), runOf({ loss: (index + 1) / 10, seed: 202 })]))
  const cell = (label: string, scheme: string, settingsOf: string) => ({ label, scheme, settingsOf })
  const text = textOf({
    id: 'swap', kind: 'swap', title: 'Swapped', intro: [], comparison: comparisonOf(arms),
    swap: [
      cell('Sign', 'Sign', 'Sign'), cell('Sign with settings of FP32', 'Sign', 'FP32'),
      cell('FP32', 'FP32', 'FP32'), cell('FP32 with settings of Sign', 'FP32', 'Sign'),
    ],
  })
  expect(text).toContain('| Settings of | Sign | FP32 |\n| --- | ---: | ---: |\n| Sign | **0.100** | 0.400 |\n| FP32 | 0.200 | **0.300** |')
})

test('groups arms by mode and conventions, each row with all columns', () => {
  const text = markdownReport(report, new Map([['schemes', 'schemes.svg']]))
  expect(text).toContain('### Full PCM model, corrected conventions')
  expect(text).toContain('### Digital weights, published conventions')
  const rows = text.split('\n').filter((line) => line.startsWith('|'))
  const widths = rows.map((row) => row.split(/(?<!\\)\|/).length)
  // The tables of losses, and the one of what the runs of the schemes cost.
  expect(new Set(widths)).toEqual(new Set([14, 9]))
  expect(text).toContain('![Schemes](schemes.svg)')
})

test('tells what a run of each scheme costs, without digital weights', () => {
  const runs = [runOf({ set: 1000, reset: 10, read: 1e6 }), runOf({ seed: 202, set: 3000, reset: 30, read: 3e6 })]
  const digital = armOf('FP32', [runOf({ set: 0, reset: 0, read: 0 })])
  const comparison = comparisonOf([armOf('Sign', runs), digital])
  const section: StudySection = { id: 'schemes', title: 'Schemes', intro: [], kind: 'schemes', comparison, initialSets: { Sign: 40_200 } }
  const text = textOf(section)
  expect(text.split(', after one RESET each.\n\n')[1]!.split('\n\n')[0]!.split('\n')).toEqual([
    '| Arm | SETs | RESETs | WRITE energy (µJ) | READ energy (µJ) | WRITE time (ms) | SETs before the start |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    '| Sign | 2000 | 20.00 | 0.102 | 0.200 | 0.0814 | 40\u202f200 |',
  ])
  expect(text).toContain('WRITE time: 40 ns per SET and 70 ns per RESET, one device after the other.')
  expect(textOf({ ...section, kind: 'ablation' })).not.toContain('What a run costs')
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
  const [schemes, ablation] = [report.sections[0]!, report.sections[1]!]
  const budgeted = { ...ablation, comparison: { ...ablation.comparison, budget: { kind: 'set' as const, pulses: 100_000 } } }
  const text = textOf(schemes, budgeted)
  expect(text).toContain('- Schemes: Budget: equal epochs')
  expect(text).toContain(`- What each non-ideality costs: Budget: 100\u202f000 SET pulses`)
})

test('escapes names', () => {
  expect(escaped('a|b *c* _d_ <e>\nf')).toBe('a\\|b \\*c\\* \\_d\\_ \\<e\\> f')
})
