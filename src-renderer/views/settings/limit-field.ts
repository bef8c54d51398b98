import { parseNumber } from '../../components/spec-form/number-text.ts'
import { formatCount } from '../../components/format.ts'

/** A setting of the library as it is written: in which unit, and within what. */
export interface LimitField {
  /** One of what is written, in what is kept. */
  factor: number
  isWhole: boolean
  min: number
  max: number
}

/** What is kept for the text, or what is wrong with it. */
export function readLimit(text: string, { factor, isWhole, min, max }: LimitField): { value: number } | { problem: string } {
  const written = parseNumber(text)
  const from = min / factor
  const to = max / factor
  const isGood = typeof written === 'number' && written >= from && written <= to && (!isWhole || Number.isInteger(written))
  return isGood
    ? { value: Math.round(written * factor) }
    : { problem: `Allowed: a ${isWhole ? 'whole ' : ''}number from ${from} to ${formatCount(to)}` }
}
