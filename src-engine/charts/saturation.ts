import type { Line } from '../figure/figure.ts'
import { okabeIto } from '../format/colours.ts'
import type { Chart } from './chart.ts'
import { gapsOf } from './gaps.ts'
import { entryOf } from './output.ts'
import type { Palette } from './palette.ts'
import { emptyBecause, perEpoch, type PulseData } from './sets.ts'

/** Share of saturated devices and number of refreshed pairs by epoch. */
export function saturationChart({ epochs, hasDevices }: PulseData, palette: Palette): Chart {
  const x = epochs.map(({ epoch }) => epoch)
  const saturated: Line = { kind: 'line', entry: 'Saturated', x, y: epochs.map((each) => 100 * each.saturated), colour: palette.accent }
  const refreshed: Line = {
    kind: 'line', entry: 'Refreshed', x, y: perEpoch(epochs, 'refresh'), colour: okabeIto.orange, isRight: true,
  }
  const gaps = gapsOf([refreshed], palette.warning)
  return {
    title: 'Saturation and refresh',
    plot: {
      title: '',
      x: { scale: 'linear', name: 'Epoch', from: x[0] ?? 0, isWhole: true },
      y: { scale: 'linear', name: 'Saturated devices (%)', from: 0 },
      right: { scale: 'linear', name: 'Refreshed pairs', from: 0, isWhole: true },
      marks: [saturated, refreshed, ...gaps.marks],
    },
    key: [entryOf(saturated), entryOf(refreshed), ...gaps.key],
    table: () => ({
      columns: ['Epoch', 'Saturated devices (%)', 'Refreshed pairs', 'Refreshed pairs, total'],
      rows: epochs.map(({ epoch, ledger }, index) => [epoch, saturated.y[index]!, refreshed.y[index]!, ledger.refresh]),
    }),
    notes: gaps.notes,
    about: {
      sentence: 'Share of devices above 90 % of the maximum conductance at the end of each epoch. The second axis counts the pairs that were RESET and rewritten in it.',
      equation: 'saturated: G > 0.9 · G_max',
    },
    empty: emptyBecause(epochs, hasDevices),
  }
}
