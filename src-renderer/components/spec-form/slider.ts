import type { NumberField, Slider } from './form-model.ts'

/** Positions of a slider, from 0 to this. */
export const STEPS = 200

const DIGITS = 3

/** Where a value stands on its slider; one beyond an end stands at that end. */
export function positionOf(value: number, slider: Slider): number {
  const { from, to } = slider
  const within = Math.min(to, Math.max(from, value))
  const share = slider.logarithmic ? Math.log(within / from) / Math.log(to / from) : (within - from) / (to - from)
  return Math.round(share * STEPS)
}

/** The value at a position, to three digits and within the field's range; the ends are exact. */
export function valueAtPosition(position: number, slider: Slider, { whole, min, max }: Pick<NumberField, 'whole' | 'min' | 'max'>): number {
  const { from, to } = slider
  const share = position / STEPS
  const value = slider.logarithmic ? from * (to / from) ** share : from + (to - from) * share
  const rounded = Number(value.toPrecision(DIGITS))
  return Math.min(max, Math.max(min, whole ? Math.round(value) : rounded))
}
