import { formatP, formatRounded } from '../../../src-engine/format/numbers.ts'
import { lowered } from '../../../src-engine/format/read-number.ts'

/** Significant digits of a result, and of a mean number of SETs. */
const DIGITS = 3
export const PULSE_DIGITS = 4

/** Text of a result with its significant digits, such as 0.0161 or 47 190. 'n/a' if there is none. */
export const resultText = (value: number | null, digits = DIGITS) => (isFinite(value) ? formatRounded(value, digits) : 'n/a')

/** Text of a difference, with its sign. */
export const differenceText = (value: number | null) => (isFinite(value) && value > 0 ? '+' : '') + resultText(value)

/** Text of a p-value. 'n/a' if there is none. */
export const pText = (p: number | null) => (isFinite(p) ? formatP(p) : 'n/a')

/** Number of a text of this module for LaTeX's math mode: 1.23 \times 10^{-5}, with \, between thousands. */
export const latexNumber = (text: string) => text.replaceAll('−', '-').replaceAll('\u202f', '\\,')
  .replace(/ × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/, (_, power: string) => ` \\times 10^{${lowered(power)}}`)

const isFinite = (value: number | null): value is number => value !== null && Number.isFinite(value)
