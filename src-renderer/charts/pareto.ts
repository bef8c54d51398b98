import type { LineSeriesOption, ScatterSeriesOption } from 'echarts'
import { aboutArm, type DrawnArm, isDrawable, lossQuantity, rankedLabels, tooltipOf } from './arms.ts'
import type { LossKind } from '../../src-engine/experiment/metrics.ts'
import { baseOption, logAxis, logXAxis } from './axes.ts'
import { schemeColour } from './colours.ts'
import type { Figure } from './figure.ts'
import { legendOf, lineEntry } from './legend.ts'
import type { ChartTheme } from './theme.ts'

export interface ParetoData {
  loss: LossKind
  /** Sorted, best first. */
  arms: readonly DrawnArm[]
}

const FRONT = 'Pareto front'
const setQuantity = { name: 'SET pulses, mean over seeds' }

/** Loss versus SET pulses of every arm, both on log axes. Numbers are ranks in the table. */
export function paretoFigure({ loss, arms }: ParetoData, theme: ChartTheme): Figure {
  const base = baseOption(theme)
  const names = rankedLabels(arms)
  const ranked = arms.map((drawn, index) => ({ drawn, index, name: names[index]! }))
  const plotted = ranked.filter(({ drawn }) => canPlot(drawn))
  const omitted = ranked.filter(({ drawn }) => drawn.arm.runs.length > 0 && !canPlot(drawn))
  return {
    title: 'Loss versus SET pulses',
    option: {
      ...base,
      // Space for the number above the highest point.
      grid: { ...base.grid, top: 36 },
      legend: legendOf(base.legend, [lineEntry(FRONT, 'dashed'), ...plotted.map(({ name }) => ({ name, icon: 'circle' }))]),
      tooltip: { ...base.tooltip, trigger: 'item', formatter: tooltipOf },
      xAxis: logXAxis(setQuantity, theme),
      yAxis: logAxis(lossQuantity(loss), theme),
      series: [front(arms, theme), ...plotted.map(({ drawn, index, name }) => point(drawn, loss, index, name, theme))],
    },
    table: () => ({
      columns: ['Arm', 'SET pulses', lossQuantity(loss).name, 'On Pareto front'],
      rows: arms.map(({ arm: { label, set, sample, onFront } }) => [label, set, sample.mean, onFront ? 'yes' : 'no']),
    }),
    notes: omitted.length > 0 ? [`not drawn (no SET pulses or no finite loss): ${omitted.map(({ index }) => index + 1).join(', ')}`] : [],
    about: {
      sentence: 'SET pulses and loss of each arm, as means over seeds; no arm is better in both than an arm on the front.',
      equation: `front: no other arm with ${loss.title}′ ≤ ${loss.title} and SET′ ≤ SET`,
    },
    empty: plotted.length === 0 ? 'No arm has both SET pulses and a finite loss.' : null,
  }
}

const canPlot = ({ arm: { set, sample } }: DrawnArm) => set !== null && set > 0 && isDrawable(sample.mean, true)

/** Drawn as steps: with fewer pulses than the next point of the front, no arm has a lower loss than this one. */
function front(arms: readonly DrawnArm[], theme: ChartTheme): LineSeriesOption {
  const points = arms.filter((drawn) => drawn.arm.onFront && canPlot(drawn))
    .map(({ arm }): [number, number] => [arm.set!, arm.sample.mean])
  return {
    type: 'line', name: FRONT, data: points.sort(([a], [b]) => a - b), step: 'end', symbol: 'none', color: theme.quiet, silent: true,
    lineStyle: { width: 1.5, type: 'dashed', color: theme.quiet }, emphasis: { disabled: true }, tooltip: { show: false }, z: 2,
  }
}

function point(drawn: DrawnArm, loss: LossKind, index: number, name: string, theme: ChartTheme): ScatterSeriesOption {
  const { arm, scheme } = drawn
  const colour = schemeColour(scheme, theme.mode)
  const data = [{ value: [arm.set!, arm.sample.mean], about: aboutArm(drawn, loss) }]
  return {
    type: 'scatter', name, data, color: colour, symbolSize: 9, z: 3,
    itemStyle: { color: colour, borderColor: theme.surface, borderWidth: 1 },
    label: {
      show: true, formatter: String(index + 1), position: 'top', distance: 3, color: theme.quiet, fontSize: 12,
      // Outline, since the front may pass behind the label.
      textBorderColor: theme.surface, textBorderWidth: 3,
    },
    labelLayout: { hideOverlap: true },
  }
}
