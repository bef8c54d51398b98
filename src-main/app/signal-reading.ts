import type { Column } from '../../src-engine/data/column.ts'
import { describeLayout } from '../../src-engine/data/table.ts'
import type { LayoutSpec } from '../../src-engine/experiment/tasks/layout.ts'
import { formatNumber } from '../../src-engine/format/numbers.ts'
import { counted, listed } from '../../src-engine/format/words.ts'
import type { Signal } from '../transfer/signal-file.ts'

/** Columns that a sentence names. */
const MOST_NAMES = 8

/** Sentences on how a signal was read from its file: what was taken, what was guessed and how else it could be read. */
export function describeReading(file: string, { table, columns, samples }: Signal): string[] {
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

/** The samples are taken as evenly spaced in time, so a time column that is not is worth a sentence. */
function unevenTime(time: Column | undefined): string[] {
  if (time === undefined || time.values.length < 3) return []
  const differences = time.values.slice(1).map((value, index) => value - time.values[index]!)
  const steps = differences.filter((step) => !Number.isNaN(step)).sort()
  const [least, usual, most] = [steps[0]!, steps[Math.floor(steps.length / 2)]!, steps.at(-1)!]
  if (steps.length === 0 || (least >= usual * (1 - UNEVEN) && most <= usual * (1 + UNEVEN))) return []
  return [`The times of '${time.name}' are not even: steps from ${formatNumber(least)} to ${formatNumber(most)}, usually ${formatNumber(usual)}. `
    + 'The samples are used as if they were evenly spaced.']
}
