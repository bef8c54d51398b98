import { parseNumber } from '../../components/spec-form/number-text.ts'
import { formatCount } from '../../components/format.ts'

/** Unit and range of a library setting. */
export interface LimitField {
  /** Stored value of one displayed unit, such as 1e9 B for 1 GB. */
  factor: number
  isWhole: boolean
  min: number
  max: number
}

/** Parses a displayed value into the stored value, or returns the problem. */
export function readLimit(text: string, { factor, isWhole, min, max }: LimitField): { value: number } | { problem: string } {
  const number = parseNumber(text)
  const from = min / factor
  const to = max / factor
  const isValid = typeof number === 'number' && number >= from && number <= to && (!isWhole || Number.isInteger(number))
  return isValid
    ? { value: Math.round(number * factor) }
    : { problem: `Enter a ${isWhole ? 'whole ' : ''}number from ${from} to ${formatCount(to)}.` }
}
