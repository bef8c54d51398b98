import { expect, test } from 'vitest'
import { mse } from '../../../../src-engine/experiment/metrics.ts'
import { compareLossFigure } from '../../../../src-renderer/charts/compare-loss.ts'
import { toSvg } from '../../../../src-renderer/charts/export.ts'
import { screenLegend } from '../../../../src-renderer/charts/screen-legend.ts'
import { epochsOf, light } from './fixtures.ts'

const byMse = { kind: 'loss', of: mse } as const

const labels = Array.from({ length: 20 }, (_, index) => `A search of rates · Learning rate (input weights) ${index + 1}.74251 × 10⁻⁵`)
const figureOf = (names: string[]) =>
  compareLossFigure(names.map((label) => ({ label, scheme: 'sign', runs: [{ epochs: epochsOf([0.3, 0.2]) }] })), byMse, light)
const { option } = figureOf(labels)

test('a legend that fits is left alone', () => {
  expect(screenLegend(figureOf(['FP32', 'Sign']).option.legend, 600)).toMatchObject({ formatter: undefined })
})

test.each([640, 900, 1200])('a page of a long legend ends between entries and cuts no number, in %d px', (width) => {
  const legend = screenLegend(option.legend, width)
  const svg = toSvg({ option: { ...option, legend }, size: { width, height: 250 } })
  const [, page] = /M0 0l([\d.]+) 0l0 18/.exec(svg)!
  const shown = [...svg.matchAll(/x="27" y="5" transform="translate\(([\d.]+) [\d.]+\)"[^>]*>([^<]*)</g)]
  expect(shown).toHaveLength(20)
  for (const [, , text] of shown) expect(text).toMatch(/ \d+\.74251 × 10⁻⁵$/)
  expect(new Set(shown.map(([, , text]) => text)).size).toBe(20)
  const { textStyle, left } = legend as unknown as { textStyle: { width: number }, left: number }
  const end = left + 5 + Number(page)
  // Entries begin before the end of the page and end there, or begin behind it.
  for (const [, at] of shown) {
    const [from, to] = [Number(at), Number(at) + 27 + textStyle.width]
    expect(from >= end - 1 || to <= end + 1).toBe(true)
  }
})
