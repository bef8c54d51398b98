import type { SynapseMap } from '../analysis/synapse-map.ts'
import { populations, projectionOf } from '../experiment/layers.ts'
import type { ColourScale, Image } from '../figure/figure.ts'
import { roundTo } from '../format/numbers.ts'
import { counted } from '../format/words.ts'
import type { Table } from './chart.ts'

/** In place of a map that is missing. */
export const noMap: SynapseMap = { layer: 'recurrent', post: 1, pre: 1, postPerBlock: 1, prePerBlock: 1, values: new Float32Array(), missing: 0 }

export const preName = (layer: string) => populations[projectionOf(layer).from].presynaptic
export const postName = (layer: string) => populations[projectionOf(layer).to].title

/** The last row and column may reach beyond the neurons, if blocks of synapses share a cell. @param name of the quantity, with its unit */
export function imageOf({ pre, postPerBlock, prePerBlock, values }: SynapseMap, scale: ColourScale, name: string): Image {
  const columns = Math.ceil(pre / prePerBlock)
  return {
    kind: 'image', values, columns, name,
    x: [-0.5, columns * prePerBlock - 0.5],
    y: [-0.5, (values.length / columns) * postPerBlock - 0.5],
    scale,
  }
}

/** Share of the values that a colour scale covers, so that a few large values do not make the others pale. */
const SHARE = 0.99

/** Sizes of the finite values, smallest first. */
const magnitudes = (values: Float32Array) => values.filter(Number.isFinite).map(Math.abs).sort()

/** Largest size of a finite value; 0 if there is none. */
export function largestOf(values: Float32Array): number {
  let largest = 0
  for (const value of values) if (Number.isFinite(value)) largest = Math.max(largest, Math.abs(value))
  return largest
}

/** Ends of a colour scale around 0, rounded to the two digits of its labels. */
export function balancedScale(values: Float32Array): Pick<ColourScale, 'from' | 'to'> {
  const sorted = magnitudes(values)
  const to = roundTo(sorted[Math.ceil(SHARE * sorted.length) - 1] || sorted.at(-1) || 1, 2)
  return { from: -to, to }
}

/** Like `balancedScale`, with the next larger 1, 2 or 5 of a power of ten, so that it seldom changes while values do. */
export function steadyScale(values: Float32Array): Pick<ColourScale, 'from' | 'to'> {
  const { to } = balancedScale(values)
  let power = 1
  while (power < to) power *= 10
  while (power / 10 >= to) power /= 10
  const limit = roundTo([power / 5, power / 2, power].find((one) => one >= to) ?? power, 1)
  return { from: -limit, to: limit }
}

export const blockNotes = ({ postPerBlock, prePerBlock, missing }: SynapseMap): string[] => [
  ...(postPerBlock * prePerBlock === 1 ? [] : [`each cell is the mean of ${postPerBlock} × ${prePerBlock} synapses`]),
  ...(missing > 0 ? [`${counted(missing, 'value')} not finite (grey)`] : []),
]

/** All cells of a map. @param name of the quantity, with its unit */
export function mapTable({ layer, pre, postPerBlock, prePerBlock, values }: SynapseMap, name: string): Table {
  const columns = Math.ceil(pre / prePerBlock)
  return {
    columns: [postName(layer), preName(layer), postPerBlock * prePerBlock === 1 ? name : `${name}, mean of the block starting here`],
    rows: Array.from(values, (value, block) =>
      [Math.floor(block / columns) * postPerBlock, (block % columns) * prePerBlock, Number.isNaN(value) ? null : value]),
  }
}
