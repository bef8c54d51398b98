import { baseOption, markAxis, rightAxis, withRightAxis, xAxis, yAxis } from './axes.ts'
import { okabeIto } from './colours.ts'
import type { Figure } from './figure.ts'
import { gapEntry, legendOf, lineEntry } from './legend.ts'
import { drawnCurve, gapMarks, lineSeries } from './line.ts'
import { emptyBecause, perEpoch, type PulseData } from './sets.ts'
import type { ChartTheme } from './theme.ts'

/** Share of saturated devices and number of refreshed pairs by epoch. */
export function saturationFigure({ epochs, hasDevices }: PulseData, theme: ChartTheme): Figure {
  const x = epochs.map(({ epoch }) => epoch)
  const share = epochs.map(({ saturated }) => 100 * saturated)
  const refreshes = perEpoch(epochs, 'refresh')
  const saturated = drawnCurve({ x, y: share })
  const refreshed = drawnCurve({ x, y: refreshes })
  const base = baseOption(theme)
  return {
    title: 'Saturation and refresh',
    option: {
      ...base,
      ...withRightAxis,
      legend: legendOf(base.legend, [lineEntry('Saturated'), lineEntry('Refreshed'), ...gapEntry(refreshed.gaps)]),
      xAxis: xAxis({ name: 'Epoch' }, theme, { min: x[0] ?? 0 }),
      yAxis: [
        yAxis({ name: 'Saturated devices', unit: '%' }, theme, { min: 0 }), markAxis,
        { ...rightAxis({ name: 'Refreshed pairs' }, theme, { min: 0 }), minInterval: 1 },
      ],
      series: [
        lineSeries('Saturated', theme.accent, saturated),
        { ...lineSeries('Refreshed', okabeIto.orange, refreshed), yAxisIndex: 2 },
        gapMarks(refreshed.gaps, theme.warning),
      ],
    },
    table: () => ({
      columns: ['Epoch', 'Saturated devices (%)', 'Refreshed pairs', 'Refreshed pairs, total'],
      rows: epochs.map(({ epoch, ledger }, index) => [epoch, share[index]!, refreshes[index]!, ledger.refresh]),
    }),
    notes: refreshed.notes,
    about: {
      sentence: 'Share of devices above 90 % of the maximum conductance at the end of each epoch. The second axis counts the pairs that were RESET and rewritten in it.',
      equation: 'saturated: G > 0.9 · G_max',
    },
    empty: emptyBecause(epochs, hasDevices),
  }
}
