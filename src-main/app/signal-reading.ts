import type { Column } from '../../src-engine/data/column.ts'
import { describeLayout } from '../../src-engine/data/table.ts'
import type { LayoutSpec } from '../../src-engine/experiment/tasks/layout.ts'
import { formatNumber } from '../../src-engine/format/numbers.ts'
import { counted, listed } from '../../src-engine/format/words.ts'
import type { Signal } from '../transfer/signal-file.ts'

/** Columns that a sentence names. */
const MOST_NAMES = 8

/** Sentences on how a signal was read from its file: what was taken, what was guessed and how else it could be read. */
export function describeReading(file: string, { table, columns, samples }: Pick<Signal, 'table' | 'columns' | 'samples'>): string[] {
  const { layout, confidence, why, alternatives, notes } = table
  const length = samples[0]!.length
  const names = listed(columns.map(nameOf), 'and')
  const rest = table.columns.filter((column) => !columns.includes(column))
  const others = rest.filter(({ role }) => role === 'signal').map(({ name }) => `'${name}'`)
  const left = rest.filter(({ role }) => role !== 'signal').map(({ name, why: reason }) => `'${name}' ${reason}`)
  const dropped = columns[0]!.values.length - length
  return [
    `Signal: ${columns.length === 1 ? 'column' : 'columns'} ${names} of ${file}, ${counted(length, 'sample')}`
      + `${dropped > 0 ? ` (${counted(dropped, 'row')} with gaps left out)` : ''}.`,
    ...(others.length > 0 ? [`Other columns that may be signals: ${shortList(others)}. Choose with task.column.`] : []),
    ...(left.length > 0 ? [`Not taken as a signal: ${shortList(left)}.`] : []),
    ...(Object.keys(layout).length === 0 ? [] : [
      `${confidence === null ? 'Read' : `Layout guessed (${confidence})`}: ${describeLayout(layout)}.`
        + `${confidence === null ? '' : ` Why: ${why.join('; ')}.`}`,
    ]),
    ...(confidence !== null && alternatives.length > 0 ? [`It could also be read with ${listed(alternatives.map(settingsOf), 'or')}.`] : []),
    ...notes.map((note) => `${file}: ${note}.`),
    ...unevenTime(table.columns.find(({ role }) => role === 'time')),
  ]
}

const nameOf = ({ name, unit }: Column) => (unit === '' || name.includes(unit) ? `'${name}'` : `'${name}' (${unit})`)

const shortList = (names: readonly string[]) =>
  (names.length > MOST_NAMES ? `${names.slice(0, MOST_NAMES).join(', ')} and ${names.length - MOST_NAMES} more` : listed(names, 'and'))

const settingsOf = (layout: Partial<LayoutSpec>) =>
  Object.entries(layout).filter(([name, value]) => name !== 'thousands' || value !== 'none')
    .map(([name, value]) => `layout.${name}=${value}`).join(' and ')

/** Steps of time that differ by more than this share of the usual one are not rounding. */
const UNEVEN = 0.1

interface TimeSteps { least: number; usual: number; most: number; isEven: boolean }

/** How far the times of a column are apart; null if they are too few, or no numbers. */
export function timeSteps({ values }: Pick<Column, 'values'>): TimeSteps | null {
  if (values.length < 3) return null
  const differences = values.slice(1).map((value, index) => value - values[index]!)
  const steps = differences.filter((step) => !Number.isNaN(step)).sort()
  if (steps.length === 0) return null
  const [least, usual, most] = [steps[0]!, steps[Math.floor(steps.length / 2)]!, steps.at(-1)!]
  return { least, usual, most, isEven: least >= usual * (1 - UNEVEN) && most <= usual * (1 + UNEVEN) }
}

/** The samples are taken as evenly spaced in time, so a time column that is not is worth a sentence. */
function unevenTime(time: Column | undefined): string[] {
  const steps = time && timeSteps(time)
  if (!steps || steps.isEven) return []
  const { least, usual, most } = steps
  return [`The times of '${time.name}' are not even: steps from ${formatNumber(least)} to ${formatNumber(most)}, usually ${formatNumber(usual)}. `
    + 'The samples are used as if they were evenly spaced.']
}
