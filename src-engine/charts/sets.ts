import type { Line } from '../figure/figure.ts'
import type { Chart } from './chart.ts'
import { gapsOf } from './gaps.ts'
import { entryOf } from './output.ts'
import type { Palette } from './palette.ts'

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
export function setsChart({ epochs, hasDevices }: PulseData, palette: Palette): Chart {
  const x = epochs.map(({ epoch }) => epoch)
  const sets: Line = { kind: 'line', entry: 'SET', x, y: perEpoch(epochs, 'set'), colour: palette.accent }
  const resets: Line = { kind: 'line', entry: 'RESET', x, y: perEpoch(epochs, 'reset'), colour: palette.second }
  const gaps = gapsOf([sets], palette.warning)
  return {
    title: 'Pulses per epoch',
    plot: {
      title: '',
      x: { scale: 'linear', name: 'Epoch', from: x[0] ?? 0, isWhole: true },
      y: { scale: 'linear', name: 'Pulses', from: 0, isWhole: true },
      marks: [sets, resets, ...gaps.marks],
    },
    key: [entryOf(sets), entryOf(resets), ...gaps.key],
    table: () => ({
      columns: ['Epoch', 'SET pulses', 'RESET pulses', 'SET pulses, total', 'RESET pulses, total'],
      rows: epochs.map(({ epoch, ledger }, index) => [epoch, sets.y[index]!, resets.y[index]!, ledger.set, ledger.reset]),
    }),
    notes: gaps.notes,
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
