import type { DecimalSign, ThousandsSign } from '../experiment/tasks/layout.ts'

/** How numbers are written. */
export interface NumberFormat { decimal: DecimalSign; thousands: ThousandsSign }

/** Every way to write numbers that is tried. The first needs no evidence. */
export const numberFormats: readonly NumberFormat[] = [
  { decimal: 'point', thousands: 'none' },
  { decimal: 'comma', thousands: 'none' },
  { decimal: 'point', thousands: 'comma' },
  { decimal: 'comma', thousands: 'point' },
  { decimal: 'point', thousands: 'space' },
  { decimal: 'comma', thousands: 'space' },
  { decimal: 'point', thousands: 'apostrophe' },
  { decimal: 'comma', thousands: 'apostrophe' },
]

const signs: Readonly<Record<ThousandsSign, string>> = { none: '', comma: ',', point: '\\.', space: '[ \u00a0\u202f\u2009]', apostrophe: '[\'’]' }

// Every alternative begins with a different character or ends the text, so a match takes linear time.
const EXPONENT = '(?:[eEdD][+-]?\\d{1,4})?'
const fractions: Readonly<Record<DecimalSign, string>> = { point: '\\.', comma: ',' }

function patternOf({ decimal, thousands }: NumberFormat): RegExp {
  const point = fractions[decimal]
  const plain = `(?:\\d+(?:${point}\\d*)?|${point}\\d+)`
  const digits = thousands === 'none' ? plain : `(?:[1-9]\\d{0,2}(?:${signs[thousands]}\\d{3})+(?:${point}\\d*)?|${plain})`
  return new RegExp(`^[+\u2212-]?${digits}${EXPONENT}$`)
}

const patterns = new Map(numberFormats.map((format) => [format, patternOf(format)]))
const grouping = new Map(numberFormats.map((format) =>
  [format, format.thousands === 'none' ? null : new RegExp(signs[format.thousands], 'g')]))

/** More digits than any number has. */
const LONGEST = 64

export type ReadNumber = (cell: string) => number

/** Reads trimmed cells: the number, or NaN if the cell is no finite number of this format. */
export function numberReader(wanted: NumberFormat): ReadNumber {
  const isWanted = ({ decimal, thousands }: NumberFormat) => decimal === wanted.decimal && thousands === wanted.thousands
  const format = numberFormats.find(isWanted) ?? wanted
  const pattern = patterns.get(format) ?? patternOf(format)
  const group = grouping.get(format) ?? null
  return (cell) => {
    if (cell.length > LONGEST || !pattern.test(cell)) return NaN
    const ungrouped = group === null ? cell : cell.replace(group, '')
    const pointed = format.decimal === 'comma' ? ungrouped.replace(',', '.') : ungrouped
    const value = Number(pointed)
    return finite(Number.isNaN(value) ? Number(pointed.replace(/[dD]/, 'e').replace('\u2212', '-')) : value)
  }
}

const finite = (value: number) => (Number.isFinite(value) ? value : NaN)

const readers = numberFormats.map(numberReader)
const EVERY = (1 << numberFormats.length) - 1

/** Bit n: the nth of the formats can read the cell. */
export function formatsOf(cell: string): number {
  const first = cell.charCodeAt(0)
  // Letters and the like begin no number.
  if (!(first >= 0x2b && first <= 0x39) && first !== 0x2212) return 0
  if (cell.length <= LONGEST && /^[+-]?\d+$/.test(cell)) return EVERY
  return readers.reduce((mask, read, index) => (Number.isNaN(read(cell)) ? mask : mask | (1 << index)), 0)
}

/** Words of programs and instruments for a value that is not there, in lower case. */
const missing = new Set([
  '', 'nan', '+nan', '-nan', 'na', 'n/a', 'n.a.', 'n.a', '#n/a', '#na', '#n/a n/a', '<na>', 'nat', 'null', '(null)', '<null>', 'none', 'nil', '\\n',
  'k.a.', 'k. a.', 'nc', 'nd', 'n.d.', 'n/d', 'missing', 'no data', 'nodata', 'no_data', 'void', 'invalid', 'bad', 'bad input', 'no good', 'undefined',
  '1.#qnan', '-1.#qnan', '1.#ind', '-1.#ind', '1.#nan', '1.#inf', '-1.#inf', 'nan(ind)', '-nan(ind)', 'nan(snan)', '1,#qnan', '-1,#ind',
  'inf', '+inf', '-inf', 'infinity', '+infinity', '-infinity', '∞', '-∞', '−∞', '+∞',
  '#div/0!', '#value!', '#ref!', '#num!', '#name?', '#null!', '#wert!', '#bezug!', '#zahl!', '#nv', '#valeur!', '#nombre!',
  'err', 'error', 'over', '+over', '-over', 'overflow', 'ovfl', 'ovld', '+ovld', '-ovld', 'ol', '+ol', '-ol', 'o.l', 'o.l.', '0l', 'overrange', 'over range',
  'underrange', 'under range', 'underflow', 'burnout', 'b.o.', 'open', 'lo', 'hi', 'i.r.', 'not a number',
])

const RUN_OF_SIGNS = /^(?:[-–—*+?._]+|#{2,})$/

const LONGEST_WORD = 16

/** Whether a trimmed cell says that there is no value. */
export const isMissing = (cell: string): boolean =>
  cell === '' || (cell.length <= LONGEST_WORD && (missing.has(cell.toLowerCase()) || RUN_OF_SIGNS.test(cell)))
