import type { EChartsOption } from 'echarts'
import type { Chart } from '../../src-engine/charts/chart.ts'
import type { Image, Mark, Plot } from '../../src-engine/figure/figure.ts'
import { formatQuantity, NO_VALUE } from '../../src-engine/format/numbers.ts'
import { rightAxis, rowAxis, sideAxis, xAxis, yAxis } from './axes.ts'
import { bracketSeries, bracketsWidth } from './brackets.ts'
import { scaleBar } from './image.ts'
import { legendOf } from './legend.ts'
import { type Datum, notesOf, seriesOf, type Window } from './series.ts'
import { placedMarks, valueOn, valuesOf } from './symlog.ts'
import { type ChartTheme, FONT } from './theme.ts'

/** Space around the axes, px. Wide enough for the labels of nearly all of them, so that stacked charts stay aligned. */
const LEFT = 64
const RIGHT = 18
const RIGHT_LABELS = 64
const RIGHT_SCALE = 88
/** Values of more lines would cover the plot on hover. */
const MOST_ON_HOVER = 24
const BOTTOM = 40
const ABOVE = { nothing: 10, ruleLabel: 22, key: 26, keyAndLabels: 36 }
/** Average width of a character, px. */
const CHARACTER = 6.8

/** A chart for ECharts, and what it leaves out. */
export interface ScreenChart {
  option: EChartsOption
  notes: readonly string[]
}

/** @param window part of the x axis that is shown, in which long lines are drawn finely */
export function screenChart({ plot, key: whole, keyPlace }: Chart, theme: ChartTheme, window: Window = null): ScreenChart {
  const key = keyPlace === 'right' ? [] : whole
  const rows = plot.y.scale === 'category' ? plot.y.categories : null
  const left = rows === null ? LEFT : Math.round(20 + CHARACTER * Math.max(6, ...rows.map(({ length }) => length)))
  const values = valuesOf(plot)
  const image = plot.marks.find((mark) => mark.kind === 'image')
  const option: EChartsOption = {
    animation: false,
    textStyle: { fontFamily: FONT, fontSize: 12, color: theme.quiet },
    grid: { left, right: rightOf(plot, image) + bracketsWidth(plot.marks), top: topOf(plot, key.length > 0), bottom: BOTTOM },
    legend: key.length === 0 ? { show: false } : legendOf(key, theme),
    tooltip: tooltipOf(plot, theme),
    toolbox: dragZoom(theme),
    ...(image && { visualMap: scaleBar(image.scale, theme) }),
    xAxis: [xAxis(plot.x, values.x, theme), sideAxis],
    yAxis: [
      plot.y.scale === 'category' ? rowAxis(plot.y, theme, left - 12) : yAxis(plot.y, values.y, theme), sideAxis,
      ...(plot.right && plot.right.scale !== 'category' ? [rightAxis(plot.right, values.right, theme)] : []),
    ],
    series: [...placedMarks(plot).flatMap((mark) => seriesOf(mark, {
      theme, isLogX: plot.x.scale === 'log', isLogY: scaleFor(mark, plot) === 'log', window,
      height: plot.y.scale !== 'category' && plot.y.to !== undefined ? plot.y.to - (plot.y.from ?? 0) : null,
    })), ...bracketSeries(plot.marks, theme)],
  }
  return { option, notes: [...new Set(plot.marks.flatMap((mark) => notesOf(mark, window)))] }
}

const scaleFor = (mark: Mark, { y, right }: Plot) => ('isRight' in mark && mark.isRight ? right?.scale : y.scale)

const rightOf = ({ right }: Plot, image: Image | undefined) => (image ? RIGHT_SCALE : right ? RIGHT_LABELS : RIGHT)

function topOf({ marks }: Plot, hasKey: boolean): number {
  if (hasKey) return marks.some((mark) => mark.kind === 'points' && mark.labels) ? ABOVE.keyAndLabels : ABOVE.key
  return marks.some((mark) => mark.kind === 'rule' && mark.x !== undefined && mark.label) ? ABOVE.ruleLabel : ABOVE.nothing
}

/** On hover, what the marks tell of themselves, or the values of all lines; nothing where there are too many. */
function tooltipOf({ marks, y }: Plot, theme: ChartTheme): EChartsOption['tooltip'] {
  const hasDetails = marks.some((mark) => 'details' in mark)
  if (!hasDetails && marks.some((mark) => mark.kind === 'raster' || mark.kind === 'image' || (mark.kind === 'points' && mark.size === 'tiny'))) return { show: false }
  if (!hasDetails && marks.filter(({ kind }) => kind === 'line').length > MOST_ON_HOVER) return { show: false }
  return {
    ...(hasDetails ? { trigger: 'item', formatter: aboutOf } : { trigger: 'axis' }),
    // HTML tooltips carry inline styles, which the content security policy of the window blocks.
    renderMode: 'richText',
    confine: true,
    transitionDuration: 0,
    backgroundColor: theme.surface,
    borderColor: theme.faint,
    borderWidth: 1,
    padding: [4, 8],
    shadowBlur: 0,
    textStyle: { fontFamily: FONT, fontSize: 12, color: theme.ink },
    valueFormatter: (value) => (typeof value === 'number' ? formatQuantity(valueOn(y)(value)) : NO_VALUE),
    axisPointer: { type: 'line', animation: false, lineStyle: { color: theme.faint, type: 'solid' } },
  }
}

const aboutOf = (hovered: unknown): string => ((hovered as { data?: Datum }).data ?? {}).about ?? ''

/** Drag zoom is part of the ECharts toolbox. Its icons are hidden, and a double click resets the zoom. */
const dragZoom = (theme: ChartTheme): EChartsOption['toolbox'] => ({
  top: -100,
  feature: {
    dataZoom: {
      xAxisIndex: [0],
      yAxisIndex: 'none',
      brushStyle: { color: theme.accent, opacity: 0.14 },
    },
  },
})
