import type { CustomSeriesOption } from 'echarts'
import { channelsOf } from '../../src-engine/figure/colour.ts'
import { colourIndex, paletteOf } from '../../src-engine/figure/colour-scale.ts'
import type { Colour, ColourScale, Image, Plot } from '../../src-engine/figure/figure.ts'
import { formatTick } from '../../src-engine/format/numbers.ts'
import type { ChartTheme } from './theme.ts'

/**
 * One image over the whole plot. Every column has a point, so that any zoom contains at least one; the first visible point draws the
 * whole image.
 */
export function imageSeries(mark: Image): CustomSeriesOption {
  const { columns, x: [left, right], y: [bottom, top] } = mark
  const width = (right - left) / columns
  return {
    type: 'custom', silent: true, clip: true, animation: false,
    data: Array.from({ length: columns }, (_, column) => [left + (column + 0.5) * width, bottom]),
    renderItem: ({ dataIndexInside }, api) => {
      if (dataIndexInside !== 0) return null
      const image = pictures.get(mark) ?? newPicture(mark)
      const [x1, y1] = api.coord([left, bottom])
      const [x2, y2] = api.coord([right, top])
      return { type: 'image', style: { image, x: x1, y: y2, width: x2! - x1!, height: y1! - y2! } }
    },
  }
}

export const scaleBar = ({ from, to, colours }: ColourScale, theme: ChartTheme) => ({
  type: 'continuous' as const, min: from, max: to, right: 8, top: 'middle', itemWidth: 8, itemHeight: 64, calculable: false,
  hoverLink: false, seriesIndex: [], text: [formatTick(to), formatTick(from)], textGap: 4,
  textStyle: { color: theme.quiet, fontSize: 12 },
  inRange: { color: [...colours] },
})

/** Approximate side of the image, px. Canvases blur what they enlarge, so each value gets several pixels. */
const SIDE = 512

/** What was painted of each mark. */
const pictures = new WeakMap<Image, HTMLCanvasElement>()

function newPicture(mark: Image): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const cell = cellOf(mark)
  canvas.width = mark.columns * cell
  canvas.height = (mark.values.length / mark.columns) * cell
  paint(mark, canvas)
  pictures.set(mark, canvas)
  return canvas
}

const cellOf = ({ values, columns }: Image) => Math.max(1, Math.floor(SIDE / Math.max(values.length / columns, columns)))

function paint(mark: Image, canvas: HTMLCanvasElement): void {
  const pixels = pixelsOf(mark.values, mark.columns, cellOf(mark), mark.scale)
  canvas.getContext('2d')!.putImageData(new ImageData(pixels, canvas.width), 0, 0)
}

const imageOf = ({ marks }: Plot): Image | undefined => marks.find((mark) => mark.kind === 'image')

/** Everything of a plot but the values of its image. */
const frameOf = ({ marks, ...plot }: Plot) =>
  JSON.stringify({ ...plot, marks: marks.map((mark) => (mark.kind === 'image' ? { ...mark, values: mark.values.length } : mark)) })

/**
 * Paints the image of a plot over that of another one, in a fraction of the time of a new drawing.
 * @returns false if more than the values of the image differs
 */
export function repaintImage(before: Plot, after: Plot): boolean {
  const [old, now] = [imageOf(before), imageOf(after)]
  const canvas = old && pictures.get(old)
  if (canvas === undefined || now === undefined || frameOf(before) !== frameOf(after)) return false
  paint(now, canvas)
  // The series of the old mark goes on to draw this picture.
  pictures.set(now, canvas)
  return true
}

/**
 * RGBA pixels of a map. The first row of values is at the bottom of the image.
 * @param values [rows][columns]
 * @param cell side of the square of each value, px
 */
export function pixelsOf(
  values: ArrayLike<number>, columns: number, cell: number, scale: ColourScale,
): Uint8ClampedArray<ArrayBuffer> {
  const rows = values.length / columns
  const width = columns * cell
  const pixels = new Uint8ClampedArray(4 * width * rows * cell)
  const words = new Uint32Array(pixels.buffer)
  const palette = paletteOf(scale).map(wordOf)
  for (let index = 0; index < values.length; index++) {
    const word = palette[colourIndex(values[index]!, scale)]!
    const left = (index % columns) * cell
    const top = (rows - 1 - Math.floor(index / columns)) * cell
    for (let y = top; y < top + cell; y++) words.fill(word, y * width + left, y * width + left + cell)
  }
  return pixels
}

/** An opaque pixel. */
function wordOf(colour: Colour): number {
  const [red, green, blue] = channelsOf(colour)
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0
}
