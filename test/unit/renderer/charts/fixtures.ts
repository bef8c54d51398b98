import type { EChartsType } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { Chart } from '../../../../src-engine/charts/chart.ts'
import type { Plot } from '../../../../src-engine/figure/figure.ts'
import { echarts } from '../../../../src-renderer/charts/engine.ts'
import { screenChart } from '../../../../src-renderer/charts/option.ts'
import { themes } from '../../../../src-renderer/charts/theme.ts'

// The window draws on canvases, which need a document.
echarts.use([SVGRenderer])

export const light = themes.light

export const chartOf = (plot: Plot, key: Chart['key'] = []): Chart => ({
  title: 'Chart', plot, key, notes: [], table: () => ({ columns: [], rows: [] }), about: { sentence: '', equation: '' }, empty: null,
})

/** The series that draw a chart on the screen. */
export const seriesOf = (chart: Chart) =>
  screenChart(chart, light).option.series as { type: string; name?: string; data: unknown[] }[]

/** Uses a chart as the screen draws it, without a document. */
export function onScreen<Result>(chart: Chart, use: (drawn: EChartsType) => Result, size = { width: 600, height: 300 }): Result {
  const drawn = echarts.init(null, null, { renderer: 'svg', ssr: true, ...size })
  try {
    drawn.setOption(screenChart(chart, light).option)
    return use(drawn)
  } finally {
    // An instance that is not disposed keeps Node alive.
    drawn.dispose()
  }
}

export const svgOf = (chart: Chart) => onScreen(chart, (drawn) => drawn.renderToSVGString())
