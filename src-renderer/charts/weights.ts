import type { CustomSeriesOption } from 'echarts'
import type { WeightMap } from '../../src-engine/analysis/weight-map.ts'
import { populations, projectionOf } from '../../src-engine/experiment/layers.ts'
import { formatNumber, formatTick, roundTo } from '../../src-engine/format/numbers.ts'
import { counted } from '../../src-engine/format/words.ts'
import { baseOption, neuronTicks, withoutLegend, xAxis, yAxis } from './axes.ts'
import { diverging, paint } from './diverging.ts'
import type { Figure } from './figure.ts'
import type { ChartTheme } from './theme.ts'

export interface WeightsData {
  /** Null if there is none. */
  map: WeightMap | null
}

/** Map of the weights of one layer, in colours that are symmetric around 0. */
export function weightsFigure({ map }: WeightsData, theme: ChartTheme): Figure {
  const shown = map ?? nothing
  const limit = limitOf(shown.values)
  return {
    title: 'Weight map',
    option: {
      ...baseOption(theme),
      ...withoutLegend,
      grid: { left: 64, right: 88, top: 10, bottom: 40 },
      tooltip: { show: false },
      visualMap: scaleBar(limit, theme),
      xAxis: ofNeurons(xAxis({ name: preName(shown.layer) }, theme, sides(shown.pre)), shown.pre),
      yAxis: ofNeurons(yAxis({ name: postName(shown.layer) }, theme, sides(shown.post)), shown.post),
      series: map ? [pictureOf(map, limit, theme)] : [],
    },
    table: () => tableOf(shown),
    notes: map ? notesOf(map) : [],
    about: {
      sentence: 'Weight of every synapse of a layer: presynaptic neurons are columns, postsynaptic neurons are rows (both numbered from 0). '
        + 'The colour scale is symmetric around 0.',
      equation: 'w = (Σ G⁺ − Σ G⁻) / scale',
    },
    empty: map ? null : 'Weights appear after the first sequence, and for snapshots that include them.',
  }
}

const nothing: WeightMap = { layer: 'recurrent', post: 1, pre: 1, postPerBlock: 1, prePerBlock: 1, values: new Float32Array(), missing: 0 }

const preName = (layer: string) => populations[projectionOf(layer).from].presynaptic

const postName = (layer: string) => populations[projectionOf(layer).to].title

/** Axis range. Neurons are numbered from 0 and have a width of 1. */
const sides = (neurons: number) => ({ min: -0.5, max: neurons - 0.5 })

function ofNeurons<Axis extends { axisTick?: object, axisLabel?: object }>(axis: Axis, neurons: number): Axis {
  const customValues = neuronTicks(neurons)
  return {
    ...axis,
    axisTick: { ...axis.axisTick, customValues },
    axisLabel: { ...axis.axisLabel, customValues },
    splitLine: { show: false },
  }
}

/** Share of the weights that the colour scale covers, so that a few large weights do not make the others pale. */
const SHARE = 0.99

const magnitudes = (values: Float32Array) => values.filter(Number.isFinite).map(Math.abs).sort()

/** Limit of the colour scale, rounded to the two digits of its label. */
function limitOf(values: Float32Array): number {
  const sorted = magnitudes(values)
  return roundTo(sorted[Math.ceil(SHARE * sorted.length) - 1] || sorted.at(-1) || 1, 2)
}

const scaleBar = (limit: number, theme: ChartTheme) => ({
  type: 'continuous' as const, min: -limit, max: limit, right: 8, top: 'middle', itemWidth: 8, itemHeight: 64, calculable: false,
  hoverLink: false, seriesIndex: [], text: [formatTick(limit), formatTick(-limit)], textGap: 4,
  textStyle: { color: theme.quiet, fontSize: 12 },
  inRange: { color: [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1].map((value) => `rgb(${diverging(value, theme).join()})`) },
})

/**
 * One image over the whole plot, since 16 384 rectangles would make an export of megabytes. Every column has a point, so
 * that any zoom contains at least one; the first visible point draws the whole image.
 */
function pictureOf(map: WeightMap, limit: number, theme: ChartTheme): CustomSeriesOption {
  const columns = Math.ceil(map.pre / map.prePerBlock)
  let image: HTMLCanvasElement | null = null
  return {
    type: 'custom', name: 'Weights', silent: true, clip: true, animation: false,
    data: Array.from({ length: columns }, (_, column) => [Math.min(map.pre - 1, column * map.prePerBlock), 0]),
    renderItem: ({ dataIndexInside }, api) => {
      if (dataIndexInside !== 0) return null
      image ??= paint(map.values, columns, limit, theme)
      const [left, bottom] = api.coord([-0.5, -0.5])
      const [right, top] = api.coord([columns * map.prePerBlock - 0.5, (map.values.length / columns) * map.postPerBlock - 0.5])
      return { type: 'image', style: { image, x: left, y: top, width: right! - left!, height: bottom! - top! } }
    },
  }
}

function notesOf({ layer, post, pre, postPerBlock, prePerBlock, values, missing }: WeightMap): string[] {
  const largest = magnitudes(values).at(-1) ?? 0
  const beyond = largest > limitOf(values) ? [`colour scale ends at ±${formatTick(limitOf(values))}; largest |w| is ${formatNumber(largest)}`] : []
  const blocks = postPerBlock * prePerBlock === 1 ? [] : [`each cell is the mean of ${postPerBlock} × ${prePerBlock} synapses`]
  return [`${projectionOf(layer).title}, ${post} × ${pre}`, ...blocks, ...beyond, ...(missing > 0 ? [`${counted(missing, 'weight')} not finite (grey)`] : [])]
}

function tableOf({ layer, pre, postPerBlock, prePerBlock, values }: WeightMap) {
  const columns = Math.ceil(pre / prePerBlock)
  return {
    columns: [postName(layer), preName(layer), postPerBlock * prePerBlock === 1 ? 'Weight' : 'Mean weight of the block starting here'],
    rows: Array.from(values, (value, block) =>
      [Math.floor(block / columns) * postPerBlock, (block % columns) * prePerBlock, Number.isNaN(value) ? null : value]),
  }
}
