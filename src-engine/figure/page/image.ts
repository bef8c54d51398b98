import { colourIndex, paletteOf, STEPS } from '../colour-scale.ts'
import type { ColourScale, Image } from '../figure.ts'
import { formatTick } from '../../format/numbers.ts'
import type { Frame } from './frame.ts'
import type { Box, Shape } from './scene.ts'
import { CAPITAL, FAINT, type PageStyle } from './style.ts'
import { textWidth, words } from './text.ts'

/** Rounding errors of positions, in pixels of the image. */
const ROUNDING = 1e-6

const isLinear = ({ at }: Frame['x'], [from, to]: Image['x']) => Math.abs(at(from) + at(to) - 2 * at((from + to) / 2)) < ROUNDING

/** The pixels of an image that lie wholly inside the plot. An axis that is not linear cannot show an image. */
export function drawImage({ values, columns, x, y, scale }: Image, { box, x: across, y: up }: Frame): Shape[] {
  const rows = values.length / columns
  const [left, right] = [across.at(x[0]), across.at(x[1])]
  const [bottom, top] = [up.at(y[0]), up.at(y[1])]
  if (!isLinear(across, x) || !isLinear(up, y) || !(rows >= 1)) return []
  const [firstColumn, endColumn] = inside(left, right, columns)
  const [firstRow, endRow] = inside(bottom, top, rows)
  if (firstColumn >= endColumn || firstRow >= endRow) return []
  const isUpwards = top > bottom
  const shown = { columns: endColumn - firstColumn, rows: endRow - firstRow }
  const pixels = Uint8Array.from({ length: shown.rows * shown.columns }, (_, index) => {
    const down = Math.floor(index / shown.columns)
    const row = isUpwards ? endRow - 1 - down : firstRow + down
    return colourIndex(values[row * columns + firstColumn + (index % shown.columns)]!, scale)
  })
  const edges = [firstRow, endRow].map((row) => bottom + (row / rows) * (top - bottom))
  const [lower, upper] = [Math.min(...edges), Math.max(...edges)]
  const [start, end] = [firstColumn, endColumn].map((column) => left + (column / columns) * (right - left)) as [number, number]
  return [{
    kind: 'image', columns: shown.columns, pixels, palette: paletteOf(scale),
    box: {
      left: box.left + start * box.width, top: box.top + (1 - upper) * box.height,
      width: (end - start) * box.width, height: (upper - lower) * box.height,
    },
  }]
}

/** First pixel and end of those between 0 and 1 on an axis, on which all extend between two positions. */
function inside(from: number, to: number, count: number): [first: number, end: number] {
  const pixelAt = (position: number) => ((position - from) / (to - from)) * count
  const [one, other] = [pixelAt(0), pixelAt(1)]
  return [
    Math.max(0, Math.ceil(Math.min(one, other) - ROUNDING)),
    Math.min(count, Math.floor(Math.max(one, other) + ROUNDING)),
  ]
}

/** Between the plot and the colours, in sizes of the text. */
const BEFORE = 0.9
const BAR = 0.9
const TICK = 2

/** Labels of a scale from its upper end, each at its share of the height. */
function labelsOf({ from, to, isLog = false }: ColourScale, height: number, { font }: PageStyle): [text: string, at: number][] {
  if (height < 1.3 * font) return [[from === -to ? `±${formatTick(to)}` : `${formatTick(from)} to ${formatTick(to)}`, 0.5]]
  const ends: [string, number][] = [[formatTick(to), 0], [formatTick(from), 1]]
  return height < 2.6 * font || isLog ? ends : [...ends, [formatTick((from + to) / 2), 0.5]]
}

export function colourScaleWidth(scale: ColourScale, height: number, style: PageStyle): number {
  const labels = labelsOf(scale, height, style).map(([text]) => textWidth(text, { size: style.font }))
  return (BEFORE + BAR) * style.font + TICK + 2 + Math.max(...labels)
}

/** The colours of a scale beside a plot, from its upper to its lower end. */
export function drawColourScale(scale: ColourScale, left: number, { top, height }: Box, style: PageStyle): Shape[] {
  const { font, line } = style
  const box = { left: left + BEFORE * font, top, width: BAR * font, height }
  const right = box.left + box.width
  const fromTop = Uint8Array.from({ length: STEPS }, (_, step) => STEPS - 1 - step)
  const labels = labelsOf(scale, height, style)
  const outline = [[box.left, top], [right, top], [right, top + height], [box.left, top + height], [box.left, top]] as const
  return [
    { kind: 'image', columns: 1, pixels: fromTop, palette: paletteOf(scale), box },
    {
      kind: 'polylines', stroke: { colour: FAINT, width: line / 2 },
      lines: [outline, ...labels.map(([, at]) => [[right, top + at * height], [right + TICK, top + at * height]] as const)],
    },
    ...labels.map(([text, at]) => words(text, [right + TICK + 2, top + at * height + (CAPITAL * font) / 2], { size: font })),
  ]
}
