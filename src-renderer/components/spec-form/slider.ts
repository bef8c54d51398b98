import { roundTo } from '../../../src-engine/format/numbers.ts'
import type { NumberField, Slider } from './form-model.ts'

export type SlidingField = NumberField & { slider: Slider }

const STEPS = 200
const DIGITS = 3

/** The last position, counted from 0. Few whole numbers have one position each. */
export const stepsOf = ({ whole, slider: { from, to, logarithmic } }: SlidingField) =>
  (whole && !logarithmic ? Math.min(STEPS, to - from) : STEPS)

/** The position of a value. A value beyond an end has the position of that end. */
export function positionOf(value: number, field: SlidingField): number {
  const { from, to, logarithmic } = field.slider
  const within = Math.min(to, Math.max(from, value))
  const share = logarithmic ? Math.log(within / from) / Math.log(to / from) : (within - from) / (to - from)
  return Math.round(share * stepsOf(field))
}

/** The value at a position, with three digits and within the field's range. The ends are exact. */
export function valueAtPosition(position: number, field: SlidingField): number {
  const { whole, min, max, slider: { from, to, logarithmic } } = field
  const share = position / stepsOf(field)
  const value = logarithmic ? from * (to / from) ** share : from + (to - from) * share
  return Math.min(max, Math.max(min, whole ? Math.round(value) : roundTo(value, DIGITS)))
}
