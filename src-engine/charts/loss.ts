import type { LossKind } from '../experiment/metrics.ts'
import { schemeColour } from '../experiment/scheme.ts'
import type { Band, Line, NumberScale } from '../figure/figure.ts'
import { type Chart, labelOf } from './chart.ts'
import { gapsOf } from './gaps.ts'
import type { Palette } from './palette.ts'

export interface LossPoint {
  epoch: number
  loss: number
  patternLosses: number[]
}

export interface LossData {
  /** What the task minimises. */
  loss: LossKind
  epochs: readonly LossPoint[]
  scheme: string
  scale: NumberScale
}

const MEAN = 'Mean over patterns'

/** Loss of every epoch with the range over patterns. */
export function lossChart({ loss: kind, epochs, scheme, scale }: LossData, palette: Palette): Chart {
  const colour = schemeColour(scheme, palette.mode)
  const x = epochs.map(({ epoch }) => epoch)
  const mean: Line = { kind: 'line', entry: MEAN, x, y: epochs.map(({ loss }) => loss), colour }
  const gaps = gapsOf([mean], palette.warning, scale === 'log')
  const patterns = epochs[0]?.patternLosses.length ?? 0
  const range: Band = {
    kind: 'band', entry: `Range over ${patterns} patterns`, x, colour,
    low: epochs.map(({ patternLosses }) => Math.min(...patternLosses)),
    high: epochs.map(({ patternLosses }) => Math.max(...patternLosses)),
  }
  const ranges = patterns > 1 ? [range] : []
  return {
    title: 'Loss',
    plot: {
      title: '',
      x: { scale: 'linear', name: 'Epoch', from: x[0] ?? 0, isWhole: true },
      y: { scale, name: labelOf(kind), ...(scale === 'linear' && { from: 0 }) },
      marks: [...ranges, mean, ...gaps.marks],
    },
    key: [{ text: MEAN, colour, dash: 'solid' }, ...ranges.map(({ entry }) => ({ text: entry!, colour, isArea: true })), ...gaps.key],
    table: () => ({
      columns: ['Epoch', kind.title, ...Array.from({ length: patterns }, (_, index) => `${kind.title} of pattern ${index + 1}`)],
      rows: epochs.map(({ epoch, loss, patternLosses }) => [epoch, loss, ...patternLosses]),
    }),
    notes: gaps.notes,
    about: { sentence: `${kind.meaning} in each epoch, over all steps and patterns.`, equation: kind.equation },
    empty: epochs.length === 0 ? 'The loss appears after the first epoch.' : null,
  }
}
