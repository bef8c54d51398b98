import { formatTyped } from '../../../src-engine/format/numbers.ts'
import { plainNumbers, readNumber } from '../../../src-engine/format/read-number.ts'

/** Parses a typed or pasted number. Returns any other text unchanged, so that it stays in the input and the schema refuses it. */
export const parseNumber = (text: string): number | string => readNumber(text) ?? text

/** Parses '1, 2, 3'. Returns the text unchanged if any part is not a number. */
export function parseNumbers(text: string): number[] | string {
  const parts = plainNumbers(text).split(/[,;\s]+/).filter((part) => part !== '')
  const values = parts.map(parseNumber)
  return values.length > 0 && values.every((value) => typeof value === 'number') ? values : text
}

/** Text of a document's value in an input, valid or not. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  return typeof value === 'number' ? formatTyped(value) : String(value)
}
