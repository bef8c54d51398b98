import type { Image, NumberAxis, Plot } from '../../src-engine/figure/figure.ts'
import { formatQuantity } from '../../src-engine/format/numbers.ts'

/** A point in the units of the axes. */
export interface At {
  x: number
  y: number
}

/** What a hover shows of the cell of an image at a point: 'G⁺ 4.31 µS · Input channel 3 · Neuron 12'. Null beside the image. */
export function cellText({ x, y, marks }: Plot, at: At): string | null {
  const image = marks.find((mark) => mark.kind === 'image')
  if (image === undefined || y.scale === 'category') return null
  const rows = image.values.length / image.columns
  const [column, row] = [indexAt(image.x, image.columns, at.x), indexAt(image.y, rows, at.y)]
  if (column === null || row === null) return null
  const value = image.values[row * image.columns + column]!
  return [
    `${withUnit(image.name ?? 'Value', Number.isNaN(value) ? 'none' : formatQuantity(value))}`,
    sideText(x, image.x, image.columns, column), sideText(y, image.y, rows, row),
  ].join(' · ')
}

function indexAt([from, to]: Image['x'], count: number, at: number): number | null {
  const index = Math.floor(((at - from) / (to - from)) * count)
  return index >= 0 && index < count ? index : null
}

/** 'Neuron 3', 'Neuron 4 to 7', 'Conductance 1.25 to 1.5 µS' */
function sideText({ name, isWhole = false }: NumberAxis, [from, to]: Image['x'], count: number, index: number): string {
  const [low, high] = [0, 1].map((side) => from + ((index + side) / count) * (to - from)) as [number, number]
  if (!isWhole) return withUnit(name, `${formatQuantity(low)} to ${formatQuantity(high)}`)
  const [first, last] = [Math.ceil(low), Math.max(Math.ceil(low), Math.ceil(high) - 1)]
  return withUnit(name, first === last ? formatQuantity(first) : `${formatQuantity(first)} to ${formatQuantity(last)}`)
}

/** 'G⁺ (µS)' and '4.31' are 'G⁺ 4.31 µS'. */
function withUnit(name: string, value: string): string {
  const parts = /^(.+) \(([^()]+)\)$/.exec(name)
  return parts ? `${parts[1]!} ${value} ${parts[2]!}` : `${name} ${value}`
}
