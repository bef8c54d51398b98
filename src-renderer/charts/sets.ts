import { baseOption, markAxis, xAxis, yAxis } from './axes.ts'
import type { Figure } from './figure.ts'
import { gapEntry, legendOf, lineEntry } from './legend.ts'
import { drawnCurve, gapMarks, lineSeries } from './line.ts'
import type { ChartTheme } from './theme.ts'

export interface PulsePoint {
  epoch: number
  /** Of the whole run so far. */
  ledger: { set: number, reset: number, refresh: number }
  /** Share of devices above 90 % of the largest conductance. */
  saturated: number
}

export interface PulseData {
  epochs: readonly PulsePoint[]
  /** Digital schemes have no devices to fire at. */
  hasDevices: boolean
}

/** Pulses that each epoch cost. */
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
      xAxis: xAxis({ name: 'epoch' }, theme, { min: x[0] ?? 0 }),
      yAxis: [yAxis({ name: 'pulses' }, theme, { min: 0 }), markAxis],
      series: [
        lineSeries('SET', theme.accent, drawn),
        lineSeries('RESET', theme.second, drawnCurve({ x, y: resets })),
        gapMarks(drawn.gaps, theme.warning),
      ],
    },
    table: () => ({
      columns: ['epoch', 'SETs', 'RESETs', 'SETs so far', 'RESETs so far'],
      rows: epochs.map(({ epoch, ledger }, index) => [epoch, sets[index], resets[index], ledger.set, ledger.reset]),
    }),
    notes: drawn.notes,
    about: {
      sentence: 'Pulses fired at all devices of all crossbars during each epoch, from the ledger that only grows.',
      equation: 'SETs(e) = ledger(e) − ledger(e − 1)',
    },
    empty: emptyBecause(epochs, hasDevices),
  }
}

/** The ledger's growth; NaN after an epoch that is not known, since its pulses are in the difference. */
export function perEpoch(epochs: readonly PulsePoint[], pulse: keyof PulsePoint['ledger']): number[] {
  return epochs.map(({ epoch, ledger }, index) => {
    if (epoch === 1) return ledger[pulse]
    const before = epochs[index - 1]
    return before?.epoch === epoch - 1 ? ledger[pulse] - before.ledger[pulse] : NaN
  })
}

export function emptyBecause(epochs: readonly PulsePoint[], hasDevices: boolean): string | null {
  if (!hasDevices) return 'This scheme keeps digital weights: there are no devices and no pulses.'
  return epochs.length === 0 ? 'Pulses appear once the first epoch is done.' : null
}
