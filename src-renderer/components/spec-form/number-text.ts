const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i
/** Thousands as our own tables print them, so that a copied number can be pasted. */
const GROUPS = /(?<=\d)[\u2009\u202f\u00a0](?=\d{3}(\D|$|[\u2009\u202f\u00a0]))/g

/**
 * A typed or pasted number; the text itself where it is none, so that nothing typed is lost and the schema refuses it.
 * '1e999' is no number: it would be Infinity.
 */
export function parseNumber(text: string): number | string {
  const plain = text.trim().replace(GROUPS, '').replace('−', '-').replace(/e−/i, 'e-')
  if (!NUMBER.test(plain)) return text
  const value = Number(plain)
  return Number.isFinite(value) ? value : text
}

/** '1, 2, 3' as numbers; the text itself where a part of it is none. */
export function parseNumbers(text: string): number[] | string {
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '')
  const values = parts.map(parseNumber)
  return values.length > 0 && values.every((value) => typeof value === 'number') ? values : text
}

/** What stands in the input for a value of the document, good or bad. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return Array.isArray(value) ? value.map(textOf).join(', ') : String(value)
}
