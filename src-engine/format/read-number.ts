const THIN_SPACES = /(?<=\d)[\u2009\u202f\u00a0](?=\d{3}(?!\d))/g
const POWER = /(?:(\d)\s?[×·]\s?|\b)10([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i

/** Text with its numbers as JSON writes them: '7.74 × 10⁻⁵ and −12 345' gives '7.74e-5 and -12345'. */
export const plainNumbers = (text: string): string => text
  .replace(THIN_SPACES, '')
  .replace(POWER, (_, digit: string | undefined, power: string) => `${digit ?? '1'}e${lowered(power)}`)
  .replace(/−(?=[\d.])/g, '-')

/** Read a number that a person typed or copied from a table. Null for any other text, and for '1e999', which would be infinite. */
export function readNumber(text: string): number | null {
  const plain = plainNumbers(text.trim()).replace(/^\+(?=[\d.])/, '')
  const value = NUMBER.test(plain) ? Number(plain) : NaN
  return Number.isFinite(value) ? value : null
}

/** Whether two labels are the same if their numbers are compared by value: 'Rate 0.00001' and 'Rate 10⁻⁵'. */
export const sameLabel = (first: string, second: string) => first === second || byValue(first) === byValue(second)

const byValue = (label: string) => plainNumbers(label).split(' ')
  .map((word) => (NUMBER.test(word) ? String(Number(word)) : word)).join(' ')

/** '⁻⁵' as '-5'. */
export const lowered = (power: string) => power.replace('⁻', '-').replace('⁺', '')
  .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (digit) => String('⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)))
