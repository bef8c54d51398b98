import { ln } from '../kernels/elementary.ts'
import { mixed } from './colour.ts'
import type { Colour, ColourScale } from './figure.ts'

/** Number of colours between the ends of a scale. Odd, so that one of them is in the middle. */
export const STEPS = 255
/** Index of what the scale cannot show. */
const MISSING = STEPS

/** Colours of a scale from its lower to its upper end, then that of missing values. */
export const paletteOf = ({ colours, missing }: ColourScale): Colour[] =>
  [...Array.from({ length: STEPS }, (_, step) => colourAt(step / (STEPS - 1), colours)), missing]

/** Index of the colour of a value in the palette of its scale. */
export function colourIndex(value: number, { from, to, isLog = false }: ColourScale): number {
  if (!Number.isFinite(value) || (isLog && value <= 0)) return MISSING
  if (value <= from || value >= to) return value < to ? 0 : value > from ? STEPS - 1 : (STEPS - 1) / 2
  return Math.round((isLog ? ln(value / from) / ln(to / from) : (value - from) / (to - from)) * (STEPS - 1))
}

function colourAt(share: number, colours: readonly Colour[]): Colour {
  const place = share * (colours.length - 1)
  const index = Math.min(Math.floor(place), colours.length - 2)
  return mixed(colours[index]!, colours[index + 1]!, place - index)
}
