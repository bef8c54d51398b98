import { densityEdges } from '../density-edges.ts'
import type { Band, Bars, Density } from '../figure.ts'
import { clipped, clippedArea } from './clip.ts'
import { type Frame, placed, unbroken } from './frame.ts'
import type { Point, Shape } from './scene.ts'
import { straightened } from './straighten.ts'
import { AREA, strokeOf } from './symbols.ts'

export function drawBand({ x, low, high, colour }: Band, frame: Frame): Shape[] {
  const pairs = Array.from(x, (value, index) => {
    const [bottom, top] = [lowerEnd(value, low[index]!, frame), placed(value, high[index]!, frame)]
    return bottom && top && { bottom, top }
  })
  return filled(unbroken(pairs).map((piece) => [
    ...straightened(piece.map(({ top }) => top)), ...straightened(piece.map(({ bottom }) => bottom)).reverse(),
  ]), colour, frame)
}

function lowerEnd(x: number, low: number, frame: Frame): Point | null {
  const point = placed(x, low, frame)
  if (point || !Number.isFinite(low)) return point
  const { box } = frame
  const across = box.left + frame.x.at(x) * box.width
  return Number.isFinite(across) ? [across, box.top + box.height] : null
}

export function drawBars({ edges, values, colour }: Bars, frame: Frame): Shape[] {
  const tops = Array.from(values, (value, index) => {
    const [from, to] = [placed(edges[index]!, value, frame), placed(edges[index + 1]!, value, frame)]
    return from && to && [from, to]
  })
  const base = baseOf(frame)
  const outlines = unbroken(tops).map((piece): Point[] => {
    const steps = piece.flat()
    return [[steps[0]![0], base], ...steps, [steps.at(-1)![0], base]]
  })
  const lines = outlines.flatMap((outline) => clipped(outline, frame.box))
  return [
    ...filled(outlines, colour, frame),
    ...(lines.length > 0 ? [{ kind: 'polylines' as const, lines, stroke: strokeOf(colour, frame.style.line) }] : []),
  ]
}

/** An area and its outline. */
export function drawDensity({ x, colour, ...density }: Density, frame: Frame): Shape[] {
  const { low, high } = densityEdges(density)
  const along = (edge: readonly number[]) =>
    straightened(Array.from(x, (value, index) => placed(value, edge[index]!, frame)).filter((point) => point !== null))
  const outline = [...along(high), ...along(low).reverse()]
  const lines = clipped([...outline, ...outline.slice(0, 1)], frame.box)
  return [
    ...filled([outline], colour, frame),
    ...(lines.length > 0 ? [{ kind: 'polylines' as const, lines, stroke: strokeOf(colour, frame.style.line / 2) }] : []),
  ]
}

/** Height where bars begin: at 0, or at the end of the axis that is nearest to it. */
function baseOf({ box: { top, height }, y }: Frame): number {
  const zero = y.at(0)
  return top + (1 - (Number.isFinite(zero) ? Math.min(1, Math.max(0, zero)) : 0)) * height
}

function filled(outlines: readonly Point[][], colour: string, { box }: Frame): Shape[] {
  const lines = outlines.map((outline) => clippedArea(outline, box)).filter(({ length }) => length > 2)
  return lines.length > 0 ? [{ kind: 'polylines', lines, fill: colour, opacity: AREA }] : []
}
