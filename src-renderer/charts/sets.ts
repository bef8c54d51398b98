import { baseOption, markAxis, xAxis, yAxis } from './axes.ts'
import type { Figure } from './figure.ts'
import { gapEntry, legendOf, lineEntry } from './legend.ts'
import { drawnCurve, gapMarks, lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface PulsePoint {
  epoch: number
  /** Totals since the start of the run. */
  ledger: { set: number, reset: number, refresh: number }
  /** Share of devices above 90 % of the maximum conductance. */
  saturated: number
}

export interface PulseData {
  epochs: readonly PulsePoint[]
  /** False for digital schemes. */
  hasDevices: boolean
}

/** SET and RESET pulses by epoch. */
export function setsFigure({ epochs, hasDevices }: PulseData, theme: ChartTheme): Figure {
  const x = epochs.map(({ epoch }) => epoch)
  const sets = perEpoch(epochs, 'set')
  const resets = perEpoch(epochs, 'reset')
  const drawn = drawnCurve({ x, y: sets })
  const base = baseOption(theme)
  return {
    title: 'Pulses per epoch',
    option: {
      ...base,
      legend: legendOf(base.legend, [lineEntry('SET'), lineEntry('RESET'), ...gapEntry(drawn.gaps)]),
      xAxis: xAxis({ name: 'Epoch' }, theme, { min: x[0] ?? 0 }),
      yAxis: [yAxis({ name: 'Pulses' }, theme, { min: 0 }), markAxis],
      series: [
        lineSeries('SET', theme.accent, drawn),
        lineSeries('RESET', theme.second, drawnCurve({ x, y: resets })),
        gapMarks(drawn.gaps, theme.warning),
      ],
    },
    table: () => ({
      columns: ['Epoch', 'SET pulses', 'RESET pulses', 'SET pulses, total', 'RESET pulses, total'],
      rows: epochs.map(({ epoch, ledger }, index) => [epoch, sets[index]!, resets[index]!, ledger.set, ledger.reset]),
    }),
    notes: drawn.notes,
    about: {
      sentence: 'SET and RESET pulses applied to all devices of all crossbars during each epoch.',
      equation: 'SETs(e) = total(e) − total(e − 1)',
    },
    empty: emptyBecause(epochs, hasDevices),
  }
}

/** Pulses by epoch, as differences of the ledger. NaN after a missing epoch, whose pulses would be included. */
export function perEpoch(epochs: readonly PulsePoint[], pulse: keyof PulsePoint['ledger']): number[] {
  return epochs.map(({ epoch, ledger }, index) => {
    if (epoch === 1) return ledger[pulse]
    const before = epochs[index - 1]
    return before?.epoch === epoch - 1 ? ledger[pulse] - before.ledger[pulse] : NaN
  })
}

export function emptyBecause(epochs: readonly PulsePoint[], hasDevices: boolean): string | null {
  if (!hasDevices) return 'This scheme uses digital weights: there are no devices and no pulses.'
  return epochs.length === 0 ? 'Pulses appear after the first epoch.' : null
}
