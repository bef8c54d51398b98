/** A number in words that each format writes in its own way. */
export interface Written {
  /** '-1.23', without exponent. */
  mantissa: string
  exponent: number
}

const DIGITS = 3
/** Beyond these, powers of ten are read more easily than zeros. */
const SMALLEST_PLAIN = 1e-4
const LARGEST_PLAIN = 1e6

/** Rounded to so many significant digits; null of what is no finite number. */
export function written(value: number | null, digits = DIGITS): Written | null {
  if (value === null || !Number.isFinite(value)) return null
  const rounded = Number(value.toPrecision(digits))
  const size = Math.abs(rounded)
  if (size === 0) return { mantissa: '0', exponent: 0 }
  if (size >= SMALLEST_PLAIN && size < LARGEST_PLAIN) return { mantissa: plain(rounded, digits), exponent: 0 }
  const [mantissa, exponent] = value.toExponential(digits - 1).split('e')
  return { mantissa, exponent: Number(exponent) }
}

/** '0.0120', '12.3', '123 457' of whole numbers: never an exponent. */
function plain(rounded: number, digits: number): string {
  const text = rounded.toPrecision(digits)
  return text.includes('e') ? rounded.toFixed(0) : text
}

/** SETs are counted: four digits of a mean, no decimals once it is in the hundreds. */
export const PULSE_DIGITS = 4

/** A p-value: '0.002', '< 0.001', '1'; null of none. */
export function pText(p: number | null): string | null {
  if (p === null || !Number.isFinite(p)) return null
  if (p < 0.001) return '< 0.001'
  return p >= 0.9995 ? '1' : p.toFixed(3)
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** 1.23 × 10⁻⁵, with a true minus and thin spaces between thousands; 'n/a' of none. */
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

/** Inside math mode: 1.23 \times 10^{-5}; thousands by \,. */
export function latexNumber(number: Written | null, signed = false): string {
  if (!number) return '\\text{--}'
  const { mantissa, exponent } = number
  const power = exponent === 0 ? '' : ` \\times 10^{${exponent}}`
  const sign = signed && mantissa !== '0' && !mantissa.startsWith('-') ? '+' : ''
  return sign + mantissa.replace(/^(-?)(\d{5,})$/, (_, minus: string, digits: string) =>
    minus + digits.replace(/\B(?=(\d{3})+$)/g, '\\,')) + power
}
