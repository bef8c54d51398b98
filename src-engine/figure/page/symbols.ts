import type { Colour, Dash, Symbol } from '../figure.ts'
import type { Point, Shape, Stroke } from './scene.ts'
import { PAPER, type PageStyle, scaled } from './style.ts'

/** Lengths of dashes and gaps over the width of their line. */
const dashes: Record<Dash, readonly number[] | undefined> = {
  'solid': undefined, 'dashed': [3, 2], 'dotted': [0.8, 1.6], 'long': [6, 2.4], 'dash-dot': [5, 1.8, 1.2, 1.8], 'wide': [1.8, 3.6],
}

export const strokeOf = (colour: Colour, width: number, dash: Dash = 'solid'): Stroke =>
  ({ colour, width, ...(dashes[dash] && { dash: dashes[dash].map((length) => length * width) }) })

/** Opacity of areas, so that lines and other areas can be seen through them. */
export const AREA = 0.2

/** A symbol of equal area whatever its shape. @param size radius beside text of two columns */
export function symbolAt(
  centre: Point, { shape, isFilled }: Symbol, colour: Colour, size: number, style: PageStyle, opacity = 1,
): Shape {
  const { line } = style
  const radius = size * scaled(style)
  const fill = isFilled ? { fill: colour } : { fill: PAPER, stroke: { colour, width: line } }
  const look = { ...fill, ...(opacity < 1 ? { opacity } : {}) }
  const [x, y] = centre
  if (shape === 'circle') return { kind: 'disc', centre, radius, ...look }
  if (shape === 'cross' || shape === 'plus') return strokesAt(shape, centre, radius, { colour, width: line }, opacity)
  const outline = outlines[shape].map(([dx, dy]): Point => [x + dx * radius, y + dy * radius])
  return { kind: 'polylines', lines: [outline], ...look }
}

/** A cross reaches as far as the corners of a square. */
const ARM = { cross: 0.89, plus: 1.25 }

function strokesAt(shape: 'cross' | 'plus', centre: Point, radius: number, stroke: Stroke, opacity: number): Shape {
  const half = ARM[shape] * radius
  const lines = shape === 'cross' ? crossAt(centre, half) : [...uprightAt(centre, half), ...levelAt(centre, half)]
  return { kind: 'polylines', lines, stroke, ...(opacity < 1 ? { opacity } : {}) }
}

const outlines: Record<Exclude<Symbol['shape'], 'circle' | 'cross' | 'plus'>, readonly Point[]> = {
  diamond: [[0, -1.25], [1.25, 0], [0, 1.25], [-1.25, 0]],
  square: [[-0.89, -0.89], [0.89, -0.89], [0.89, 0.89], [-0.89, 0.89]],
  triangle: [[0, -1.5], [1.3, 0.78], [-1.3, 0.78]],
}

/** Half the side of a cross, and half the length of a stroke, beside text of two columns. */
export const HALF = { cross: 1.8, stroke: 2.5 }

export const crossAt = ([x, y]: Point, half: number): Point[][] =>
  [[[x - half, y - half], [x + half, y + half]], [[x - half, y + half], [x + half, y - half]]]

export const uprightAt = ([x, y]: Point, half: number): Point[][] => [[[x, y - half], [x, y + half]]]

export const levelAt = ([x, y]: Point, half: number): Point[][] => [[[x - half, y], [x + half, y]]]
