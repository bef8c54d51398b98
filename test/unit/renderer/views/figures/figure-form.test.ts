import { expect, test } from 'vitest'
import { chartTitle, checkFigure, figureCharts } from '../../../../../src-engine/charts/figure-document.ts'
import {
  aspectField, OWN_PAGE, parseEnd, presetOf, problemAt, problemIn, problemLine, styleFields,
} from '../../../../../src-renderer/views/figures/figure-form.ts'
import { labelStep, marksOf, ticksOf } from '../../../../../src-renderer/views/figures/ruler.ts'

const panel = { chart: 'loss', runs: [{ run: 'run00001' }] }
const problemsOf = (style: object, changed: object = {}) => {
  const checked = checkFigure({ version: 1, style, panels: [panel, { ...panel, ...changed }] })
  return checked.ok ? [] : checked.problems
}

test('problems are named by their fields', () => {
  const lines = (style: object, changed?: object) => problemsOf(style, changed).map(problemLine)
  expect(lines({ width: 'x' })).toEqual(['Width must be a number between 20 and 1000 mm.'])
  expect(lines({}, { aspect: 9 })).toEqual(['Panel 2: height must be between 0.1 and 3 of the width.'])
  expect(lines({}, { x: { from: 'x' } })).toEqual(['Panel 2, x axis: from must be a number.'])
  expect(lines({}, { y: { from: 2, to: 1 } })).toEqual(['Panel 2, y axis: to must be more than 2, where the axis starts.'])
})

test('problems are beside their fields', () => {
  const problems = problemsOf({ font: 0 }, { x: { to: 'x' }, aspect: 9 })
  const font = styleFields.find(({ path }) => path === 'font')!
  expect(problemIn(problems, 'style', font)).toBe('Text must be between 3 and 40 pt.')
  expect(problemIn(problems, 'panels.0', aspectField)).toBeNull()
  expect(problemIn(problems, 'panels.1', aspectField)).toContain('Height must be between 0.1 and 3')
  expect(problemAt(problems, 'panels.1.x.to', 'To')).toBe('To must be a number.')
  expect(problemAt(problems, 'panels.1.x.from', 'From')).toBeNull()
})

test('a page has the preset of its width and text', () => {
  expect(presetOf({ width: 89, font: 7 })).toBe('Nature, one column')
  expect(presetOf({ width: 89, font: 8 })).toBe(OWN_PAGE)
})

test('an empty end of an axis follows the data', () => {
  expect(parseEnd(' ')).toBeUndefined()
  expect(parseEnd('1e-3')).toBe(0.001)
  expect(parseEnd('x')).toBe('x')
})

test('rulers have a tick for every millimetre where there is room', () => {
  expect(ticksOf(5, 4).map(({ size }) => size)).toEqual([8, 3, 3, 3, 3, 5])
  expect(ticksOf(10, 1).map(({ at }) => at)).toEqual([0, 5, 10])
  expect([4, 2, 1, 0.1].map(labelStep)).toEqual([10, 20, 50, 100])
  expect(marksOf(25, 10)).toEqual([0, 10, 20])
})

test('every chart has a title', () => {
  expect(figureCharts.map(chartTitle)).not.toContain('')
})
