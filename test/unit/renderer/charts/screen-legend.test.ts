import { expect, test } from 'vitest'
import { echarts } from '../../../../src-renderer/charts/engine.ts'
import { screenChart } from '../../../../src-renderer/charts/option.ts'
import { screenLegend } from '../../../../src-renderer/charts/screen-legend.ts'
import { chartOf, light } from './fixtures.ts'

const labels = Array.from({ length: 20 }, (_, index) => `A search of rates · Learning rate (input weights) ${index + 1}.74251 × 10⁻⁵`)
const colour = '#123456'
const optionOf = (names: string[]) => screenChart(chartOf({
  title: '', x: { scale: 'linear', name: 'Epoch' }, y: { scale: 'log', name: 'Loss' },
  marks: names.map((entry) => ({ kind: 'line', entry, x: [1, 2], y: [0.3, 0.2], colour })),
}, names.map((text) => ({ text, colour, dash: 'solid' }))), light).option
const option = optionOf(labels)

test('a legend that fits is left alone', () => {
  expect(screenLegend(optionOf(['FP32', 'Sign']).legend, 600)).toMatchObject({ formatter: undefined })
})

test.each([640, 900, 1200])('a page of a long legend ends between entries and cuts no number, in %d px', (width) => {
  const legend = screenLegend(option.legend, width)
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height: 250 })
  chart.setOption({ ...option, legend })
  const svg = chart.renderToSVGString()
  chart.dispose()
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
