import type { LineSeriesOption, ScatterSeriesOption } from 'echarts'
import { aboutArm, type DrawnArm, isDrawable, lossQuantity, rankedLabel, tooltipOf } from './arms.ts'
import { baseOption, logAxis, logXAxis } from './axes.ts'
import { schemeColour } from './colours.ts'
import type { Figure } from './figure.ts'
import { legendOf, lineEntry } from './legend.ts'
import type { ChartTheme } from './theme.ts'

export interface ParetoData {
  /** The best first. */
  arms: readonly DrawnArm[]
}

const FRONT = 'Pareto front'
const setQuantity = { name: 'SET pulses, mean over seeds' }

/** What an arm costs against what it reaches, both on log axes; numbers are places in the table. */
export function paretoFigure({ arms }: ParetoData, theme: ChartTheme): Figure {
  const base = baseOption(theme)
  const ranked = arms.map((drawn, index) => ({ drawn, index, name: rankedLabel(drawn.arm.label, index) }))
  const placed = ranked.filter(({ drawn }) => hasPlace(drawn))
  const left = ranked.filter(({ drawn }) => drawn.arm.runs.length > 0 && !hasPlace(drawn))
  return {
    title: 'Pulses against loss',
    option: {
      ...base,
      // The highest point has its number above it.
      grid: { ...base.grid, top: 36 },
      legend: legendOf(base.legend, [lineEntry(FRONT, 'dashed'), ...placed.map(({ name }) => ({ name, icon: 'circle' }))]),
      tooltip: { ...base.tooltip, trigger: 'item', formatter: tooltipOf },
      xAxis: logXAxis(setQuantity, theme),
      yAxis: logAxis(lossQuantity, theme),
      series: [front(arms, theme), ...placed.map(({ drawn, index, name }) => point(drawn, index, name, theme))],
    },
    table: () => ({
      columns: ['arm', 'SET pulses', lossQuantity.name, 'on the front'],
      rows: arms.map(({ arm: { label, set, sample, onFront } }) => [label, set, sample.mean, onFront ? 'yes' : 'no']),
    }),
    notes: left.length > 0 ? [`not drawn, for want of pulses or of a finite loss: ${left.map(({ index }) => index + 1).join(', ')}`] : [],
    about: {
      sentence: 'SET pulses and loss of every arm, means over seeds. No arm is better in both than one on the front.',
      equation: 'front: no other arm with MSE′ ≤ MSE and SET′ ≤ SET',
    },
    empty: placed.length === 0 ? 'Arms with devices appear here once a run of theirs has ended.' : null,
  }
}

const hasPlace = ({ arm: { set, sample } }: DrawnArm) => set !== null && set > 0 && isDrawable(sample.mean, true)

/** Whoever pays fewer pulses than the next point of the front reaches no more than this one: steps. */
function front(arms: readonly DrawnArm[], theme: ChartTheme): LineSeriesOption {
  const points = arms.filter((drawn) => drawn.arm.onFront && hasPlace(drawn)).map(({ arm }) => [arm.set!, arm.sample.mean])
  return {
    type: 'line', name: FRONT, data: points.sort(([a], [b]) => a - b), step: 'end', symbol: 'none', color: theme.quiet, silent: true,
    lineStyle: { width: 1.5, type: 'dashed', color: theme.quiet }, emphasis: { disabled: true }, tooltip: { show: false }, z: 2,
  }
}

function point(drawn: DrawnArm, index: number, name: string, theme: ChartTheme): ScatterSeriesOption {
  const { arm, scheme } = drawn
  const colour = schemeColour(scheme, theme.mode)
  const data = [{ value: [arm.set!, arm.sample.mean], about: aboutArm(drawn) }]
  return {
    type: 'scatter', name, data, color: colour, symbolSize: 9, z: 3,
    itemStyle: { color: colour, borderColor: theme.surface, borderWidth: 1 },
    label: {
      show: true, formatter: String(index + 1), position: 'top', distance: 3, color: theme.quiet, fontSize: 12,
      // The front may pass behind it.
      textBorderColor: theme.surface, textBorderWidth: 3,
    },
    labelLayout: { hideOverlap: true },
  }
}
