import type { Raster, Rug } from '../figure.ts'
import { isInside } from './clip.ts'
import { type Frame, placed } from './frame.ts'
import type { Box, Point, Shape } from './scene.ts'
import { scaled } from './style.ts'
import { crossAt, HALF, levelAt, strokeOf, uprightAt } from './symbols.ts'

/** Least height of a stroke, in points, which printers still show. */
const LEAST = 0.5
/** Between a mark and the side along which it stands. */
const INSET = 1
/** Between marks beside each other. */
const BESIDE = 1.4

export function drawRaster({ x, y, colour }: Raster, frame: Frame): Shape[] {
  const lines = Array.from(x, (value, index) => spikeAt(value, y[index]!, frame)).filter((line) => line !== null)
  return lines.length > 0 ? [{ kind: 'polylines', lines, stroke: strokeOf(colour, frame.style.line / 2) }] : []
}

/** A stroke over a row, or its part inside the plot. */
function spikeAt(x: number, y: number, frame: Frame): Point[] | null {
  const [one, other] = [placed(x, y + 0.5, frame), placed(x, y - 0.5, frame)]
  if (one === null || other === null) return null
  const { left, top, width, height } = frame.box
  const [middle, half] = [(one[1] + other[1]) / 2, Math.max(LEAST, Math.abs(one[1] - other[1])) / 2]
  const [from, to] = [Math.max(top, middle - half), Math.min(top + height, middle + half)]
  return one[0] >= left && one[0] <= left + width && from < to ? [[one[0], from], [one[0], to]] : null
}

/** @param earlier rugs of the plot that are already drawn, which this one must not hide */
export function drawRug(rug: Rug, earlier: readonly Rug[], frame: Frame): Shape[] {
  const { at, side, shape, colour } = rug
  const marks = shape === 'cross' ? crossAt : side === 'right' ? levelAt : uprightAt
  const half = HALF[shape] * scaled(frame.style)
  const taken = side === 'right' ? counts(earlier.filter((each) => each.side === side)) : null
  const lines = Array.from(at).flatMap((value) => {
    const centre = centreOf(value, rug, half, frame)
    if (centre === null || !isInside(centre, frame.box)) return []
    const before = taken?.get(value) ?? 0
    taken?.set(value, before + 1)
    const moved: Point = [centre[0] - before * (2 * half + BESIDE), centre[1]]
    return isInside(moved, frame.box) ? marks(moved, half) : []
  })
  return lines.length > 0 ? [{ kind: 'polylines', lines, stroke: strokeOf(colour, frame.style.line) }] : []
}

/** How many marks stand at each value. */
function counts(rugs: readonly Rug[]): Map<number, number> {
  const all = rugs.flatMap(({ at }) => Array.from(at))
  return all.reduce((so, value) => so.set(value, (so.get(value) ?? 0) + 1), new Map<number, number>())
}

function centreOf(value: number, rug: Rug, half: number, { box, x, y }: Frame): Point | null {
  const inwards = half + (rug.shape === 'cross' ? INSET : 0)
  const point = rug.side === 'right'
    ? [box.left + box.width - inwards, box.top + (1 - y.at(value)) * box.height] as const
    : [box.left + x.at(value) * box.width, sideOf(rug.side, box, inwards)] as const
  return point.every(Number.isFinite) ? point : null
}

const sideOf = (side: 'top' | 'bottom', { top, height }: Box, inwards: number) => (side === 'top' ? top + inwards : top + height - inwards)
