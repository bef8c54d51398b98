import type { Scale } from '../scale.ts'
import type { Box, Point } from './scene.ts'
import type { PageStyle } from './style.ts'

/** A box with the scales of its axes. */
export interface Frame {
  box: Box
  x: Scale
  y: Scale
  style: PageStyle
}

/** Position of a point; null if an axis cannot show it. */
export function placed(x: number, y: number, { box: { left, top, width, height }, x: across, y: up }: Frame): Point | null {
  const point: Point = [left + across.at(x) * width, top + (1 - up.at(y)) * height]
  return point.every(Number.isFinite) ? point : null
}

/** Lists of neighbours without gaps. */
export function unbroken<T>(items: readonly (T | null)[]): T[][] {
  const parts: T[][] = [[]]
  for (const item of items) {
    if (item !== null) parts.at(-1)!.push(item)
    else if (parts.at(-1)!.length > 0) parts.push([])
  }
  return parts.filter((part) => part.length > 0)
}
