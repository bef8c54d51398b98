import { columnsOf } from '../../src-engine/analysis/outputs.ts'
import { schemeColour } from '../../src-engine/experiment/scheme.ts'
import { GREY } from '../../src-engine/format/colours.ts'
import { lossOf, outputsOf } from '../../src-engine/experiment/task.ts'
import { formatCount, formatExact, formatTick } from '../../src-engine/format/numbers.ts'
import { counted } from '../../src-engine/format/words.ts'
import type { EChartsCoreOption } from 'echarts/core'
import { LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { RunDetail } from '../contract/run.ts'

echarts.use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])

/** Readout and target of one pattern in one epoch, [steps][outputs]. */
export interface PatternTrace {
  name: string
  epoch: number
  output: ArrayLike<number>
  target: ArrayLike<number>
}

const WIDTH = 720
const PANEL_HEIGHT = 220
const HEADING = 40
const MARGIN = { left: 72, right: 24, top: 40, bottom: 52 }
/** More panels would be unreadable. The heading tells how many are left out. */
const MOST_PATTERNS = 8

interface Panel {
  title: string
  x: { name: string; max: number; min: number }
  y: { name: string; type: 'log' | 'value' }
  lines: { name: string; colour: string; points: [number, number][]; dashed: boolean }[]
}

/** SVG figure of a run: the loss per epoch on a log axis, and below it each pattern's readout and target. */
export function runFigure(run: RunDetail, traces: PatternTrace[]): string {
  const shown = traces.slice(0, MOST_PATTERNS)
  const panels = [lossPanel(run), ...shown.map((trace) => outputPanel(run, trace))]
  const height = HEADING + panels.length * PANEL_HEIGHT
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height })
  try {
    chart.setOption(figureOption(heading(run, traces.length - shown.length), panels))
    return chart.renderToSVGString()
  } finally {
    chart.dispose()
  }
}

function heading({ summary }: RunDetail, leftOut: number): string {
  const { preset, name, scheme, seed, runId } = summary
  const parts = [name || preset || scheme, `seed ${formatExact(seed)}`, `run ${runId}`]
  return [...parts, ...(leftOut > 0 ? [`${counted(leftOut, 'more pattern')} not shown`] : [])].join(' · ')
}

function lossPanel({ summary, epochs }: RunDetail): Panel {
  const { name, title } = lossOf(summary.task)
  const points = epochs.map(({ epoch, loss }): [number, number] => [epoch, loss])
  const gaps = points.filter(([, loss]) => !Number.isFinite(loss)).length
  return {
    title: gaps > 0 ? `Loss (${counted(gaps, 'epoch')} without a finite value)` : 'Loss',
    x: { name: 'Epoch', min: 1, max: Math.max(2, epochs.at(-1)?.epoch ?? 2) },
    y: { name, type: 'log' },
    lines: [{ name: title, colour: schemeColour(summary.scheme, 'light'), points, dashed: false }],
  }
}

function outputPanel({ summary, spec }: RunDetail, { name, epoch, output, target }: PatternTrace): Panel {
  const { steps, dt } = spec.task
  const outputs = outputsOf(spec.task)
  return {
    title: `${name.replace('-', ' ')}, epoch ${formatCount(epoch)}: readout (colour) and target (dashed)`,
    x: { name: 'Time (ms)', min: 0, max: steps * dt },
    y: { name: 'Readout', type: 'value' },
    lines: [
      ...columnsOf(target, outputs).map((values) => ({ name: 'Target', colour: GREY, points: pointsOf(values, dt), dashed: true })),
      ...columnsOf(output, outputs).map((values) =>
        ({ name: 'Readout', colour: schemeColour(summary.scheme, 'light'), points: pointsOf(values, dt), dashed: false })),
    ],
  }
}

const pointsOf = (values: ArrayLike<number>, dt: number) =>
  Array.from(values, (value, step): [number, number] => [step * dt, value])

function figureOption(title: string, panels: Panel[]): EChartsCoreOption {
  return {
    animation: false,
    backgroundColor: '#ffffff',
    textStyle: { fontFamily: 'system-ui, sans-serif', fontSize: 12 },
    title: [
      { text: title, left: MARGIN.left, top: 8, textStyle: { fontSize: 13, fontWeight: 600 } },
      ...panels.map((panel, index) => ({
        text: panel.title, left: MARGIN.left, top: panelTop(index) + 12, textStyle: { fontSize: 12, fontWeight: 'normal' },
      })),
    ],
    grid: panels.map((_, index) => ({
      left: MARGIN.left,
      right: MARGIN.right,
      top: panelTop(index) + MARGIN.top,
      height: PANEL_HEIGHT - MARGIN.top - MARGIN.bottom,
    })),
    xAxis: panels.map(({ x }, index) => ({ gridIndex: index, type: 'value', nameLocation: 'middle', nameGap: 26, axisLabel: ticks(false), ...x })),
    yAxis: panels.map(({ y }, index) => ({ gridIndex: index, nameLocation: 'middle', nameGap: 48, scale: true, axisLabel: ticks(y.type === 'log'), ...y })),
    series: panels.flatMap(({ lines }, index) => lines.map((line) => lineSeries(line, index))),
  }
}

const ticks = (isLog: boolean) => ({ formatter: (value: number) => formatTick(value, isLog) })

const panelTop = (index: number) => HEADING + index * PANEL_HEIGHT

const lineSeries = ({ name, colour, points, dashed }: Panel['lines'][number], index: number) => ({
  type: 'line',
  name,
  xAxisIndex: index,
  yAxisIndex: index,
  data: points.map(([x, y]) => [x, Number.isFinite(y) ? y : null]),
  symbol: points.length === 1 ? 'circle' : 'none',
  color: colour,
  lineStyle: { width: 1.5, type: dashed ? 'dashed' : 'solid' },
})
