import type { ChartTheme } from './theme.ts'

type Colour = [number, number, number]

/** Dark ends on white, light ends on a dark screen, so that extremes stand out. */
const ends: Record<ChartTheme['mode'], { low: Colour, middle: Colour, high: Colour, missing: Colour }> = {
  light: { low: [0, 84, 150], middle: [255, 255, 255], high: [190, 70, 0], missing: [200, 203, 208] },
  dark: { low: [86, 180, 233], middle: [24, 28, 32], high: [240, 130, 50], missing: [84, 90, 98] },
}

/**
 * Diverging colour: blue below 0, vermilion above, the background at 0, grey for NaN.
 * @param share value divided by the limit, −1 to 1
 */
export function diverging(share: number, { mode }: ChartTheme): Colour {
  const { low, middle, high, missing } = ends[mode]
  if (Number.isNaN(share)) return missing
  const end = share < 0 ? low : high
  const part = Math.min(1, Math.abs(share))
  return middle.map((from, channel) => Math.round(from + part * (end[channel]! - from))) as Colour
}

/** Approximate side of the image, px. Canvases blur what they enlarge, so each value gets several pixels. */
const SIDE = 512

/**
 * RGBA pixels of a map. The first row of values is at the bottom of the image.
 * @param values [rows][columns]
 * @param cell side of the square of each value, px
 */
export function pixelsOf(
  values: Float32Array, columns: number, limit: number, cell: number, theme: ChartTheme,
): Uint8ClampedArray<ArrayBuffer> {
  const rows = values.length / columns
  const width = columns * cell
  const pixels = new Uint8ClampedArray(4 * width * rows * cell)
  const words = new Uint32Array(pixels.buffer)
  values.forEach((value, index) => {
    const [red, green, blue] = diverging(value / limit, theme)
    const word = (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0
    const left = (index % columns) * cell
    const top = (rows - 1 - Math.floor(index / columns)) * cell
    for (let y = top; y < top + cell; y++) words.fill(word, y * width + left, y * width + left + cell)
  })
  return pixels
}

export function paint(values: Float32Array, columns: number, limit: number, theme: ChartTheme): HTMLCanvasElement {
  const rows = values.length / columns
  const cell = Math.max(1, Math.floor(SIDE / Math.max(rows, columns)))
  const canvas = document.createElement('canvas')
  canvas.width = columns * cell
  canvas.height = rows * cell
  const pixels = pixelsOf(values, columns, limit, cell, theme)
  canvas.getContext('2d')!.putImageData(new ImageData(pixels, canvas.width), 0, 0)
  return canvas
}
