/** A rounded number that each output format writes in its own way. */
export interface Written {
  /** Decimal text without exponent, such as '-1.23'. */
  mantissa: string
  exponent: number
}

const DIGITS = 3
/** Outside these limits, numbers are written with powers of ten. */
const SMALLEST_PLAIN = 1e-4
const LARGEST_PLAIN = 1e6

/** Round a number to significant digits. Null if it is not finite. */
export function written(value: number | null, digits = DIGITS): Written | null {
  if (value === null || !Number.isFinite(value)) return null
  const rounded = Number(value.toPrecision(digits))
  const size = Math.abs(rounded)
  if (size === 0) return { mantissa: '0', exponent: 0 }
  if (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN) return { mantissa: plain(rounded, digits), exponent: 0 }
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e')
  return { mantissa, exponent: Number(exponent) }
}

/** Text without exponent, such as '0.0120' or '12.3'. */
function plain(rounded: number, digits: number): string {
  const text = rounded.toPrecision(digits)
  return text.includes('e') ? rounded.toFixed(0) : text
}

/** Significant digits of a mean number of SETs. */
export const PULSE_DIGITS = 4

/** Text of a p-value, such as '0.002', '< 0.001' or '1'. Null if there is none. */
export function pText(p: number | null): string | null {
  if (p === null || !Number.isFinite(p)) return null
  if (p < 0.001) return '< 0.001'
  return p >= 0.9995 ? '1' : p.toFixed(3)
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** Unicode text such as 1.23 × 10⁻⁵, with a true minus and thin spaces between thousands. 'n/a' if there is no number. */
export function unicodeNumber(number: Written | null, signed = false): string {
  if (!number) return 'n/a'
  const { mantissa, exponent } = number
  const power = exponent === 0 ? '' : ` × 10${superscript(exponent)}`
  const sign = mantissa.startsWith('-') ? '−' : signed && mantissa !== '0' ? '+' : ''
  return sign + grouped(mantissa.replace('-', '')) + power
}

const superscript = (exponent: number) =>
  String(exponent).replace('-', '⁻').replace(/\d/g, (digit) => superscripts[Number(digit)])

const grouped = (text: string) => (/^\d{5,}$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, '\u2009') : text)

/** LaTeX text for math mode, such as 1.23 \times 10^{-5}, with \, between thousands. */
export function latexNumber(number: Written | null, signed = false): string {
  if (!number) return '\\text{--}'
  const { mantissa, exponent } = number
  const power = exponent === 0 ? '' : ` \\times 10^{${exponent}}`
  const sign = signed && mantissa !== '0' && !mantissa.startsWith('-') ? '+' : ''
  return sign + mantissa.replace(/^(-?)(\d{5,})$/, (_, minus: string, digits: string) =>
    minus + digits.replace(/\B(?=(\d{3})+$)/g, '\\,')) + power
}
