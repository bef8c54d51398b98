const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
/** Thousands separators of our tables, so that copied numbers can be pasted. */
const GROUPS = /(?<=\d)[\u2009\u202f\u00a0](?=\d{3}(\D|$|[\u2009\u202f\u00a0]))/g

/**
 * Parses a typed or pasted number. Returns any other text unchanged, so that it stays in the input and the schema refuses it.
 * '1e999' is not a number: it would be Infinity.
 */
export function parseNumber(text: string): number | string {
  const plain = text.trim().replace(GROUPS, '').replace('−', '-').replace(/e−/i, 'e-')
  if (!NUMBER.test(plain)) return text
  const value = Number(plain)
  return Number.isFinite(value) ? value : text
}

/** Parses '1, 2, 3'. Returns the text unchanged if any part is not a number. */
export function parseNumbers(text: string): number[] | string {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '')
  const values = parts.map(parseNumber)
  return values.length > 0 && values.every((value) => typeof value === 'number') ? values : text
}

/** Characters that fit into the input of a number. */
const FITTING = 10

/** Text of a document's value in an input, valid or not. A small number is written with an exponent, so that no digit is cut. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  const plain = String(value)
  return typeof value === 'number' && plain.length > FITTING && Math.abs(value) < 1 ? value.toExponential() : plain
}
