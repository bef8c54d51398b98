import { dashes, type Line, type Mark } from '../figure/figure.ts'
import { formatCount } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import { type Chart, labelOf } from './chart.ts'
import { entryOf } from './output.ts'
import type { Palette } from './palette.ts'

export interface SignalOfPreview {
  /** Samples of each column. */
  count: number
  /** Of the x axis: its name with the unit, the value at the first sample, and the step to the next. */
  axis: { name: string; start: number; step: number }
  /** Outline of each column: positions of samples, counted from 0, and their values in the unit of the file. */
  columns: readonly { name: string; unit: string; at: ArrayLike<number>; values: ArrayLike<number> }[]
  /** Positions of interpolated samples, of which some may be left out, and the number of all. */
  filled: ArrayLike<number>
  filledCount: number
}

export interface SignalPreviewData {
  /** Null if the file is not read. */
  signal: SignalOfPreview | null
  /** Why it is not read. */
  reason: string
  /** Positions of the first and the last sample of the shown pattern, and its number, counted from 1. */
  segment: { first: number; last: number }
  pattern: number
  patterns: number
}

const FILLED = 'Interpolated'

/** The whole signal as the file has it, with the part that the shown pattern takes. */
export function signalChart({ signal, reason, segment, pattern, patterns }: SignalPreviewData, palette: Palette): Chart {
  const { axis, columns, count, filled, filledCount } = signal ?? nothing
  const xOf = (position: number) => axis.start + axis.step * position
  const isPart = patterns > 1
  const lines = columns.slice(0, dashes.length).flatMap(({ name, at, values }, index): Line[] => {
    const look = { kind: 'line' as const, entry: name, dash: dashes[index]! }
    const whole = { ...look, x: Float64Array.from(at, xOf), y: values, colour: isPart ? palette.second : palette.accent }
    const isInside = (position: number) => position >= segment.first && position <= segment.last
    const inside = Array.from(at, (_, place) => place).filter((place) => isInside(at[place]!))
    const [x, y] = [inside.map((place) => xOf(at[place]!)), inside.map((place) => values[place]!)]
    const part = { ...look, x, y, colour: palette.accent }
    return isPart ? [whole, part] : [whole]
  })
  const ends: Mark[] = isPart ? [segment.first, segment.last].map((at) => ({ kind: 'rule', x: xOf(at), colour: palette.quiet, dash: 'dotted' })) : []
  const rug: Mark[] = filledCount > 0
    ? [{ kind: 'rug', side: 'bottom', at: Array.from(filled, xOf), shape: 'stroke', colour: palette.warning, entry: FILLED }]
    : []
  const units = [...new Set(columns.map(({ unit }) => unit))]
  const first = columns[0]
  const isThinned = first !== undefined && first.at.length < count
  const valueAt = (column: SignalOfPreview['columns'][number], position: number, place: number) =>
    (column.at[place] === position ? column.values[place]! : null)
  const rowAt = (position: number, place: number) => [xOf(position), ...columns.map((column) => valueAt(column, position, place))]
  const rows = first ? Array.from(first.at, rowAt) : []
  return {
    title: 'Signal',
    plot: {
      title: '',
      x: { scale: 'linear', name: axis.name, from: xOf(0), to: xOf(Math.max(1, count - 1)) },
      y: { scale: 'linear', name: columns.length === 1 ? nameOf(first!) : labelOf({ name: 'Signal', unit: units.length === 1 ? units[0] : '' }) },
      marks: [...lines, ...ends, ...rug],
    },
    key: [
      ...(columns.length > 1 ? lines.filter(({ colour }) => colour === palette.accent).map(entryOf) : []),
      ...(filledCount > 0 ? [{ text: FILLED, colour: palette.warning, symbol: 'stroke' as const }] : []),
    ],
    notes: [
      ...(isPart ? [`pattern ${pattern} of ${patterns} is coloured`] : []),
      ...(isThinned ? [`least and largest values of ${formatCount(count)} samples`] : []),
      ...(filledCount > 0 ? [`${counted(filledCount, 'sample')} interpolated`] : []),
      ...(columns.length > dashes.length ? [`first ${dashes.length} of ${columns.length} columns`] : []),
    ],
    table: () => ({ columns: [axis.name, ...columns.map(nameOf)], rows }),
    about: {
      sentence: 'The signal as it is in the file, without the rows that are left out. Each pattern takes one part of it, and its target is that part after '
        + 'normalisation.',
      equation: 'part p of P: samples (p − 1)·N/P to p·N/P',
    },
    empty: signal === null ? reason : null,
  }
}

const nothing: SignalOfPreview = { count: 0, axis: { name: 'Sample', start: 1, step: 1 }, columns: [], filled: [], filledCount: 0 }

const nameOf = ({ name, unit }: { name: string; unit: string }) => (unit === '' || name.includes(unit) ? name : labelOf({ name, unit }))
