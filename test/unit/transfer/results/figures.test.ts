import { expect, test } from 'vitest'
import type { ComparedArm } from '../../../../src-engine/statistics/comparison.ts'
import { schemeColour } from '../../../../src-engine/experiment/scheme.ts'
import { differencesFigure } from '../../../../src-main/transfer/results/differences-figure.ts'
import type { StudySection } from '../../../../src-main/transfer/results/report.ts'
import { schemesFigure } from '../../../../src-main/transfer/results/schemes-figure.ts'
import { armOf, comparisonOf, runOf, studyReport } from '../../../fixtures/study-report.ts'

const { sections } = studyReport()
const [schemes, ablation] = [sections[0]!, sections[1]!]
const wordsOf = (svg: string) => Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, text]) => text)

/** Expect every coordinate to be a number. */
const expectDrawable = (svg: string) => expect(svg).not.toMatch(/NaN|Infinity|undefined/)

const twoRunsEach = (losses: number[], changes: Partial<StudySection> = {}): StudySection => ({
  id: 'few', title: 'Few', intro: [], kind: 'schemes',
  comparison: comparisonOf(losses.map((loss, index) => armOf(`Arm ${index}`, [runOf({ loss }), runOf({ loss, seed: 202 })]))),
  ...changes,
})

test('the scheme figure names all arms, axes with units, and both conventions', () => {
  const words = wordsOf(schemesFigure(schemes))
  for (const text of ['Mixed precision, full PCM', 'Mixed precision, performance', 'FP32', 'Mean squared error', 'SET pulses of a run',
    'Time (ms)', 'Readout', 'Corrected conventions', 'Published conventions']) expect(words).toContain(text)
})

test('schemes have their usual colours', () => {
  const svg = schemesFigure(schemes).toLowerCase()
  for (const scheme of ['mixed-precision', 'sign', 'stochastic', 'multi-memristor', 'update-ready'] as const) {
    expect(svg).toContain(schemeColour(scheme, 'light'))
  }
})

test('names and counts unplotted runs and arms', () => {
  const svg = schemesFigure(schemes)
  const words = wordsOf(svg)
  expect(words).toContain('Not plotted: Sign, full PCM, published, 1 of 10 runs without a finite loss above 0, so no mean.')
  expect(words).toContain('Not plotted: Stochastic, performance, published, no runs.')
  expectDrawable(svg)
})

test('draws a figure for unplottable losses, one arm, equal arms and a loss of 0', () => {
  for (const losses of [[NaN, NaN], [Infinity], [0.02], [0.02, 0.02], [0, 0.1], [1e-30, 1e25]]) {
    expectDrawable(schemesFigure(twoRunsEach(losses)))
    expectDrawable(differencesFigure(twoRunsEach(losses)))
  }
})

test('the key of many points ends above the notes of its panel', () => {
  const svg = schemesFigure(twoRunsEach(Array.from({ length: 44 }, (_, index) => 0.01 * (index + 1))))
  const topOf = (words: string) => {
    const at = new RegExp(`<text[^>]*transform="translate\\(\\S+ (\\S+?)\\)"[^>]*>${words}`).exec(svg)
    expect(at, words).not.toBeNull()
    return Number(at![1])
  }
  expect(topOf('44 {2}Arm')).toBeLessThan(topOf('Means over seeds'))
})

test('counts traces that do not fit, and leaves gaps for non-finite values', () => {
  const trace = (index: number) => ({ label: `Arm ${index}`, seed: 201, outputs: 1, output: [0, NaN, 1], target: [0, 0.5, 1], dt: 1 })
  const svg = schemesFigure(twoRunsEach([0.1, 0.2], { traces: Array.from({ length: 20 }, (_, index) => trace(index)) }))
  expect(wordsOf(svg)).toContain('2 more not shown.')
  expect(wordsOf(svg)).toContain('Readout of Arm 0: non-finite values are left out.')
  expectDrawable(svg)
})

test('labels differences with their corrected p and the worse side', () => {
  const svg = differencesFigure(ablation)
  const words = wordsOf(svg)
  for (const { label, test } of ablation.comparison.arms) {
    if (!test) continue
    expect(words).toContain(label)
    expect(words).toContain(test.corrected.toFixed(3))
  }
  expect(words).toContain('Difference in mean squared error from Full PCM model')
  expect(words.join(' ')).toContain('the loss is larger')
})

test('writes diverged arms beside the axis, so that the others stay distinguishable', () => {
  const [reference, near] = [armOf('Reference', [runOf({ loss: 0.1 })]), armOf('Near', [runOf({ loss: 0.11 })])]
  const lost = { ...armOf('Lost', [runOf({ loss: 700 })]), outcomes: { learned: 0, untrained: 0, silent: 0, diverged: 1 } }
  const svg = (...arms: ComparedArm[]) =>
    wordsOf(differencesFigure({ ...ablation!, comparison: comparisonOf([reference, ...arms]) }))
  expect(svg(near, lost)).toContain('+700 →')
  expect(svg(near, lost)).toContain('→ Beyond the axis: some runs diverged.')
  expect(svg(near, lost).map(Number).filter((tick) => tick > 1)).toEqual([])
  expect(svg(lost).join(' ')).not.toContain('→')
})

test('names arms that cannot be compared', () => {
  const reference = armOf('Reference', [runOf({ loss: 0.1 })])
  const comparison = comparisonOf([reference, armOf('Broken', [runOf({ loss: NaN })]), armOf('Missing', [])])
  const words = wordsOf(differencesFigure({ ...ablation!, comparison }))
  expect(words).toContain('Not plotted: Broken, 1 of 1 runs without a finite loss, so no mean.')
  expect(words).toContain('Not plotted: Missing, no runs.')
})

test('renumbers ids, but not labels that look like ids', () => {
  const { target } = schemes.traces![0]!
  const comparison = comparisonOf([armOf('zr0-c0 <a>', [runOf()])])
  const svg = schemesFigure({ ...schemes!, comparison, traces: [{ label: 'zr0-c0 <a>', seed: 201, outputs: 1, output: target, target, dt: 1 }] })
  expect(svg).toMatch(/id="schemes-\d+"/)
  expect(svg).not.toMatch(/(id="|url\(#)zr\d/)
  expect(wordsOf(svg)).toContain('zr0-c0 &lt;a&gt;')
})
