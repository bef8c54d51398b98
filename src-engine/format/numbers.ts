/**
 * Text of numbers, the same on every screen, on the command line, in charts and in reports. CSV and JSON keep plain numbers instead.
 *
 * From 10⁻⁴ to below 10⁶ in size, numbers are written out, with thin spaces between thousands from five digits on. All others have a
 * power of ten: 7.74 × 10⁻⁵. Minus is U+2212. Zero is 0, NaN and ∞ are named, and a missing number is –.
 */

/** Text of a missing number. */
export const NO_VALUE = '–'
/** Significant digits of a measured value. */
const DIGITS = 3
/** Significant digits of an error, such as a standard deviation after ±. */
const ERROR_DIGITS = 2
/** A value whose error lies below its fifteenth digit is shown on its own precision. */
const MOST_DIGITS = 15
const TICK_DIGITS = 6
/** Numbers of this size and above, and below `LARGEST_PLAIN`, are written without a power of ten. */
export const SMALLEST_PLAIN = 1e-4
export const LARGEST_PLAIN = 1e6
/** Narrower for ticks of a log axis, where powers of ten are easier to compare. */
const SMALLEST_LOG_TICK = 1e-3
const LARGEST_LOG_TICK = 1e4
/** Narrow no-break space. */
const THIN_SPACE = '\u202f'

/** Round to significant digits, as a number: 0.0774251 to 3 digits is 0.0774. */
export const roundTo = (value: number, digits: number) => Number(value.toPrecision(digits))

/** A measured value with three significant digits: 0.0123, 12.3, 7.74 × 10⁻⁵. Digits before the decimal point are all kept: 12 345. */
export const formatNumber = (value: number | null) => named(value, (size) =>
  decimalText(size, size >= 1000 ? Math.round(size) : roundTo(size, DIGITS), DIGITS))

/** A measured value with a number of significant digits, also before the decimal point: 47 193 with four is 47 190. */
export const formatRounded = (value: number | null, digits: number) =>
  named(value, (size) => decimalText(size, roundTo(size, digits), digits))

/** A difference, with its sign: +0.0638, −0.00141. */
export const formatSigned = (value: number | null) => (value !== null && value > 0 ? '+' : '') + formatNumber(value)

/** A value that a user entered, or any other value with all its digits: 0.0004552, 7.74251 × 10⁻⁵, 4 294 967 295. */
export const formatExact = (value: number | null) => named(value, (size) =>
  (isPlain(size) || Number.isSafeInteger(size) ? grouped(String(size)) : scientific(size.toExponential())))

/** All digits as they are typed into an input or JSON: 0.0004552, 7.74251e-5, 12345. */
export const formatTyped = (value: number) =>
  (value !== 0 && Math.abs(value) < SMALLEST_PLAIN ? value.toExponential() : String(value))

/** A whole number with all its digits. */
export const formatCount = (value: number | null) => formatExact(value === null ? null : Math.round(value))

/** A quantity of a chart: all digits of a whole number, which may be a count, and three digits of any other. */
export const formatQuantity = (value: number | null) => (Number.isInteger(value) ? formatExact(value) : formatNumber(value))

/** A value and its error, which has two significant digits and sets the last digit of both: 0.0161 ± 0.0017, (7.7 ± 1.2) × 10⁻⁵. */
export function formatWithError(value: number | null, error: number | null): string {
  if (value === null || error === null) return formatNumber(value)
  const both = Number.isFinite(value) && Number.isFinite(error) && error > 0 ? sharedDigits(value, error) : null
  return both ?? `${formatNumber(value)} ± ${formatNumber(error)}`
}

/** Label of an axis tick. `isLog` writes powers of ten below 10⁻³ and from 10⁴ on. */
export function formatTick(value: number, isLog = false): string {
  const [from, below] = isLog ? [SMALLEST_LOG_TICK, LARGEST_LOG_TICK] : [SMALLEST_PLAIN, LARGEST_PLAIN]
  return named(value, (size) => {
    const rounded = roundTo(size, TICK_DIGITS)
    if (rounded >= from && rounded < below) return grouped(String(rounded))
    return scientific(rounded.toExponential()).replace(/^1 × /, '')
  })
}

/** A p-value with three decimals. Smaller ones carry no information. */
export function formatP(p: number | null): string {
  if (p === null || !Number.isFinite(p)) return NO_VALUE
  if (p < 0.001) return '< 0.001'
  return p >= 0.9995 ? '1' : p.toFixed(3)
}

function named(value: number | null, text: (size: number) => string): string {
  if (value === null) return NO_VALUE
  if (Number.isNaN(value)) return 'NaN'
  if (value === 0) return '0'
  const size = Math.abs(value)
  return (value < 0 ? '−' : '') + (size === Infinity ? '∞' : text(size))
}

const isPlain = (size: number) => size >= SMALLEST_PLAIN && size < LARGEST_PLAIN

function decimalText(size: number, rounded: number, digits: number): string {
  if (!isPlain(rounded)) return scientific(size.toExponential(digits - 1))
  return grouped(rounded.toFixed(Math.max(0, digits - 1 - exponentOf(rounded))))
}

/** Null if the error is too small for the digits of a double. */
function sharedDigits(value: number, error: number): string | null {
  const place = exponentOf(roundTo(error, ERROR_DIGITS)) + 1 - ERROR_DIGITS
  const larger = Math.max(Math.abs(value), error)
  if (exponentOf(larger) - place >= MOST_DIGITS) return null
  const power = isPlain(larger) ? 0 : exponentOf(larger)
  const [first, second] = [value, error].map((one) => decimals(shifted(one, -power), power - place))
  return power === 0 ? `${first} ± ${second}` : `(${first} ± ${second}) × 10${raised(power)}`
}

/** @param places after the decimal point; negative ones round before it, such as −2 to hundreds */
function decimals(value: number, places: number): string {
  const rounded = places < 0 ? shifted(Math.round(shifted(value, places)), -places) : value
  const text = grouped(Math.abs(rounded).toFixed(Math.max(0, places)))
  return value < 0 && /[1-9]/.test(text) ? `−${text}` : text
}

/** The value times a power of ten, rounded once. */
export function shifted(value: number, by: number): number {
  const [mantissa, power] = value.toExponential().split('e')
  return Number(`${mantissa}e${Number(power) + by}`)
}

const exponentOf = (value: number) => Number(value.toExponential().split('e')[1])

/** @param text of `toExponential`: '7.74e-5' */
function scientific(text: string): string {
  const [mantissa, power] = text.split('e')
  return `${mantissa} × 10${raised(Number(power))}`
}

const raised = (power: number) => String(power).replace('-', '⁻').replace(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit)))

/** Thin spaces before the decimal point from five digits on, the convention in the literature. */
const grouped = (text: string) => text.replace(/^\d{5,}/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE))
