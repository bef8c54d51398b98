import { expect, test } from 'vitest'
import type { Figure, Points } from '../../../../src-engine/figure/figure.ts'
import type { ComparedArm } from '../../../../src-engine/statistics/comparison.ts'
import { schemeColour } from '../../../../src-engine/experiment/scheme.ts'
import { pageOf } from '../../../../src-engine/figure/page/page.ts'
import { twoColumns } from '../../../../src-engine/figure/page/style.ts'
import type { Words } from '../../../../src-engine/figure/page/scene.ts'
import { svgOf } from '../../../../src-engine/figure/page/svg.ts'
import { differencesFigure } from '../../../../src-main/transfer/results/differences-figure.ts'
import type { StudySection } from '../../../../src-main/transfer/results/report.ts'
import { schemesFigure } from '../../../../src-main/transfer/results/schemes-figure.ts'
import { armOf, comparisonOf, runOf, studyReport } from '../../../fixtures/study-report.ts'

const { sections } = studyReport()
const [schemes, ablation] = [sections[0]!, sections[1]!]
const drawn = (figure: Figure) => svgOf(pageOf(figure, twoColumns))
const wordsOf = (svg: string) => Array.from(svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g), ([, text]) => text)

/** Expect every coordinate to be a number. */
const expectDrawable = (svg: string) => expect(svg).not.toMatch(/NaN|Infinity|undefined/)

const twoRunsEach = (losses: number[], changes: Partial<StudySection> = {}): StudySection => ({
  id: 'few', title: 'Few', intro: [], kind: 'schemes',
  comparison: comparisonOf(losses.map((loss, index) => armOf(`Arm ${index}`, [runOf({ loss }), runOf({ loss, seed: 202 })]))),
  ...changes,
})

test('the scheme figure names all arms, axes with units, and both conventions', () => {
  const words = wordsOf(drawn(schemesFigure(schemes)))
  for (const text of ['Mixed precision, full PCM', 'Mixed precision, performance', 'FP32', 'Mean squared error', 'SET pulses of a run',
    'Time (ms)', 'Readout', 'Corrected conventions', 'Published conventions']) expect(words).toContain(text)
})

test('schemes have their usual colours', () => {
  const svg = drawn(schemesFigure(schemes)).toLowerCase()
  for (const scheme of ['mixed-precision', 'sign', 'stochastic', 'multi-memristor', 'update-ready'] as const) {
    expect(svg).toContain(schemeColour(scheme, 'light'))
  }
})

test('names and counts unplotted runs and arms', () => {
  const svg = drawn(schemesFigure(schemes))
  const words = wordsOf(svg)
  expect(words).toContain('Not plotted: Sign, full PCM, published, 1 of 10 runs without a finite loss above 0, so no mean.')
  expect(words).toContain('Not plotted: Stochastic, performance, published, no runs.')
  expectDrawable(svg)
})

test('draws a figure for unplottable losses, one arm, equal arms and a loss of 0', () => {
  for (const losses of [[NaN, NaN], [Infinity], [0.02], [0.02, 0.02], [0, 0.1], [1e-30, 1e25]]) {
    expectDrawable(drawn(schemesFigure(twoRunsEach(losses))))
    expectDrawable(drawn(differencesFigure(twoRunsEach(losses))))
  }
})

test('the key of many points ends above the notes of its panel', () => {
  const { shapes } = pageOf(schemesFigure(twoRunsEach(Array.from({ length: 44 }, (_, index) => 0.01 * (index + 1)))), twoColumns)
  const below = (start: string) => shapes.findLast((shape) => shape.kind === 'words' && shape.text.startsWith(start))! as Words
  expect(below('Arm 43').at[1]).toBeLessThan(below('Means over seeds').at[1])
})

test('counts traces that do not fit, and leaves gaps for non-finite values', () => {
  const trace = (index: number) => ({ label: `Arm ${index}`, seed: 201, outputs: 1, output: [0, NaN, 1], target: [0, 0.5, 1], dt: 1 })
  const svg = drawn(schemesFigure(twoRunsEach([0.1, 0.2], { traces: Array.from({ length: 20 }, (_, index) => trace(index)) })))
  expect(wordsOf(svg)).toContain('2 more not shown.')
  expect(wordsOf(svg)).toContain('Readout of Arm 0: non-finite values are left out.')
  expectDrawable(svg)
})

test('labels differences with their corrected p and the worse side', () => {
  const svg = drawn(differencesFigure(ablation))
  const words = wordsOf(svg)
  for (const { label, test } of ablation.comparison.arms) {
    if (!test) continue
    expect(words).toContain(label)
    expect(words).toContain(test.corrected.toFixed(3))
  }
  expect(words).toContain('Difference in mean squared error from Full PCM model')
  expect(words.join(' ')).toContain('the loss is larger')
})

test('has one pair for each seed, of the means over the searches', () => {
  const twoSearches = (label: string, losses: number[]) =>
    armOf(label, losses.map((loss, index) => runOf({ loss, seed: 201 + Math.floor(index / 2) })), { restarts: 2 })
  const comparison = comparisonOf([twoSearches('Reference', [0.1, 0.3, 0.2, 0.2]), twoSearches('Other', [0.1, 0.2, 0.4, 0.6])])
  const { marks } = differencesFigure({ ...ablation!, comparison }).panels[0]!.plots[0]!
  const pairs = marks.find((mark) => mark.kind === 'points' && mark.size === 'small') as Points
  expect(Array.from(pairs.x, (each) => Number(each.toFixed(6)))).toEqual([-0.05, 0.3])
})

test('writes diverged arms beside the axis, so that the others stay distinguishable', () => {
  const [reference, near] = [armOf('Reference', [runOf({ loss: 0.1 })]), armOf('Near', [runOf({ loss: 0.11 })])]
  const lost = { ...armOf('Lost', [runOf({ loss: 700 })]), outcomes: { learned: 0, untrained: 0, silent: 0, diverged: 1 } }
  const svg = (...arms: ComparedArm[]) =>
    wordsOf(drawn(differencesFigure({ ...ablation!, comparison: comparisonOf([reference, ...arms]) })))
  expect(svg(near, lost)).toContain('+700 →')
  expect(svg(near, lost)).toContain('→ Beyond the axis: some runs diverged.')
  expect(svg(near, lost).map(Number).filter((tick) => tick > 1)).toEqual([])
  expect(svg(lost).join(' ')).not.toContain('→')
})

test('names arms that cannot be compared', () => {
  const reference = armOf('Reference', [runOf({ loss: 0.1 })])
  const comparison = comparisonOf([reference, armOf('Broken', [runOf({ loss: NaN })]), armOf('Missing', [])])
  const words = wordsOf(drawn(differencesFigure({ ...ablation!, comparison })))
  expect(words).toContain('Not plotted: Broken, 1 of 1 runs without a finite loss, so no mean.')
  expect(words).toContain('Not plotted: Missing, no runs.')
})

test('escapes labels', () => {
  expect(wordsOf(drawn(schemesFigure(twoRunsEach([0.1], { comparison: comparisonOf([armOf('<a> & b', [runOf()])]) }))))).toContain('&lt;a&gt; &amp; b')
})
