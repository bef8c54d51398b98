import type { Mark } from '../figure.ts'

/** What the axes of a plot must cover: of each axis the smallest and largest value, and the smallest that a log axis can show. */
export interface Covered {
  x: readonly number[]
  y: readonly number[]
  /** Those of the axis at the right. */
  right: readonly number[]
}

export function coveredBy(marks: readonly Mark[]): Covered {
  return {
    x: extremes(marks.map(acrossOf)),
    y: extremes(marks.filter((mark) => !isRight(mark)).map(upOf)),
    right: extremes(marks.filter(isRight).map(upOf)),
  }
}

function extremes(lists: readonly ArrayLike<number>[]): number[] {
  let [low, high, positive] = [Infinity, -Infinity, Infinity]
  for (const list of lists) {
    for (let index = 0; index < list.length; index++) {
      const value = list[index]!
      if (!Number.isFinite(value)) continue
      low = Math.min(low, value)
      high = Math.max(high, value)
      if (value > 0) positive = Math.min(positive, value)
    }
  }
  return [low, high, positive].filter(Number.isFinite)
}

export const isRight = (mark: Mark) => 'isRight' in mark && mark.isRight === true

function acrossOf(mark: Mark): ArrayLike<number> {
  switch (mark.kind) {
    case 'line': case 'band': case 'density': case 'points': case 'raster': case 'image': return mark.x
    case 'bars': return mark.edges
    case 'intervals': return [...mark.low, ...mark.high]
    case 'rug': return mark.side === 'right' ? [] : mark.at
    case 'rule': return mark.x === undefined ? [] : [mark.x]
    case 'bracket': case 'text': return []
  }
}

function upOf(mark: Mark): ArrayLike<number> {
  switch (mark.kind) {
    case 'line': case 'points': case 'image': case 'intervals': return mark.y
    case 'band': return [...Array.from(mark.low), ...Array.from(mark.high)]
    case 'density': return [mark.row]
    case 'bars': return [0, ...Array.from(mark.values)]
    case 'raster': return Array.from(mark.y).flatMap((row) => [row - 0.5, row + 0.5])
    case 'rug': return mark.side === 'right' ? mark.at : []
    case 'rule': return mark.y === undefined ? [] : [mark.y]
    case 'bracket': return [mark.from, mark.to]
    case 'text': return []
  }
}
