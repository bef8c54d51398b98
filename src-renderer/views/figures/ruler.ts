/** Room that the label of a tick needs, px. */
export const LABEL_WIDTH = 22
const LABEL_DISTANCE = 6
/** Least distance between ticks, px. */
const TICK_DISTANCE = 3

/** Distance of labels, mm: 10, 20, 50 or 100. */
export const labelStep = (scale: number): number =>
  [10, 20, 50].find((step) => step * scale >= LABEL_WIDTH + LABEL_DISTANCE) ?? 100

/** Ticks of a ruler: every millimetre where there is room, longer every 5 and every 10. `at` in mm, `size` in px. */
export function ticksOf(length: number, scale: number): { at: number; size: number }[] {
  const step = [1, 5, 10].find((one) => one * scale >= TICK_DISTANCE) ?? 10
  return marksOf(length, step).map((at) => ({ at, size: at % 10 === 0 ? 8 : at % 5 === 0 ? 5 : 3 }))
}

/** Multiples of a step along a length, from 0. */
export const marksOf = (length: number, step: number): number[] =>
  Array.from({ length: Math.floor(length / step) + 1 }, (_, index) => index * step)
