import { baseOption, markAxis, rightAxis, withRightAxis, xAxis, yAxis } from './axes.ts'
import { okabeIto } from './colours.ts'
import type { Figure } from './figure.ts'
import { gapEntry, legendOf, lineEntry } from './legend.ts'
import { drawnCurve, gapMarks, lineSeries } from './line.ts'
import { emptyBecause, perEpoch, type PulseData } from './sets.ts'
import type { ChartTheme } from './theme.ts'

/** How full the devices are, and what is done against it. */
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
      legend: legendOf(base.legend, [lineEntry('saturated'), lineEntry('refreshed'), ...gapEntry(refreshed.gaps)]),
      xAxis: xAxis({ name: 'epoch' }, theme, { min: x[0] ?? 0 }),
      yAxis: [
        yAxis({ name: 'devices saturated', unit: '%' }, theme, { min: 0 }), markAxis,
        { ...rightAxis({ name: 'pairs refreshed' }, theme, { min: 0 }), minInterval: 1 },
      ],
      series: [
        lineSeries('saturated', theme.accent, saturated),
        { ...lineSeries('refreshed', okabeIto.orange, refreshed), yAxisIndex: 2 },
        gapMarks(refreshed.gaps, theme.warning),
      ],
    },
    table: () => ({
      columns: ['epoch', 'devices saturated (%)', 'pairs refreshed', 'pairs refreshed so far'],
      rows: epochs.map(({ epoch, ledger }, index) => [epoch, share[index], refreshes[index], ledger.refresh]),
    }),
    notes: refreshed.notes,
    about: {
      sentence: 'Share of devices above 90 % of the largest conductance at the end of each epoch, and how many pairs were RESET and written anew during it.',
      equation: 'saturated: G > 0.9 · G_max',
    },
    empty: emptyBecause(epochs, hasDevices),
  }
}
