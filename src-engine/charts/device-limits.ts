import {
  type LayerLimits, type Limit, type LimitedDevice, LOWER_END, limits, SATURATED, WORN,
} from '../analysis/device-limits.ts'
import { populations, projectionOf } from '../experiment/layers.ts'
import type { Points } from '../figure/figure.ts'
import { okabeIto } from '../format/colours.ts'
import { formatCount, formatNumber } from '../format/numbers.ts'
import type { Chart, Table } from './chart.ts'
import type { Palette } from './palette.ts'

export interface LimitsData {
  /** Of every layer that the snapshot has. */
  layers: readonly LayerLimits[]
}

const shifts: Record<Limit, number> = { upper: -0.25, lower: 0, worn: 0.25 }

/** Share of the devices of each layer that are saturated, at the lower end or worn. The table names them. */
export function deviceLimitsChart({ layers }: LimitsData, palette: Palette): Chart {
  const colours: Record<Limit, string> = { upper: okabeIto.vermilion, lower: palette.accent, worn: okabeIto.purple }
  const marks = limits.map(({ id, title }): Points => ({
    kind: 'points', entry: title, colour: colours[id], symbol: { shape: 'circle', isFilled: true }, size: 'large', shift: shifts[id],
    x: layers.map((layer) => 100 * shareOf(layer, id)), y: layers.map((_, row) => row),
    details: layers.map((layer) => `${projectionOf(layer.layer).title}, ${title.toLowerCase()}: ${countText(layer, id)}`),
  }))
  return {
    title: 'Saturated and worn devices',
    plot: {
      title: '',
      x: { scale: 'linear', name: 'Share of devices (%)', from: 0, to: 100 },
      y: { scale: 'category', name: 'Layer', categories: layers.map(({ layer }) => projectionOf(layer).title) },
      marks,
    },
    key: marks.map(({ entry, colour, symbol }) => ({ text: entry!, colour, symbol })),
    table: () => tableOf(layers),
    notes: limits.map(({ id, title }) => `${title.toLowerCase()}: ${totalText(layers, id)}`),
    about: {
      sentence: `Saturated: above ${100 * SATURATED} % of the largest conductance. At the lower end: within ${100 * LOWER_END} % of the range `
        + `above the smallest, as after a RESET. Worn: at least ${100 * WORN} % of the most RESETs of any device in this snapshot. `
        + 'The table lists every one of these devices.',
      equation: 'saturated: G > 0.9 · G_max;  worn: RESETs ≥ 0.5 · max RESETs',
    },
    empty: layers.length === 0 ? 'This snapshot has no devices, or they are damaged.' : null,
  }
}

const shareOf = ({ devices, found }: LayerLimits, id: Limit) =>
  (found[id] === null ? NaN : found[id].count / Math.max(1, devices))

const shareText = (count: number, devices: number) =>
  `${formatCount(count)} of ${formatCount(devices)} (${formatNumber((100 * count) / Math.max(1, devices))} %)`

const countText = ({ devices, found }: LayerLimits, id: Limit) =>
  (found[id] === null ? 'not known' : shareText(found[id].count, devices))

function totalText(layers: readonly LayerLimits[], id: Limit): string {
  const known = layers.filter(({ found }) => found[id] !== null)
  if (known.length === 0) return 'not known'
  const sumOf = (count: (layer: LayerLimits) => number) => known.reduce((sum, layer) => sum + count(layer), 0)
  return shareText(sumOf(({ found }) => found[id]!.count), sumOf(({ devices }) => devices))
}

/** Devices that are at the lower end come last, since there may be very many. */
const order: readonly Limit[] = ['upper', 'worn', 'lower']

function tableOf(layers: readonly LayerLimits[]): Table {
  const titles = new Map(limits.map(({ id, title }) => [id, title]))
  const rowOf = (id: Limit, layer: string) => ({ post, pre, pair, side, conductance, resets }: LimitedDevice) => {
    const { from, to, title } = projectionOf(layer)
    return [
      titles.get(id)!, title, `${populations[from].title} ${pre}`, `${populations[to].title} ${post}`, pair + 1, side,
      Number.isNaN(conductance) ? null : conductance, resets,
    ]
  }
  return {
    columns: ['Limit', 'Layer', 'From', 'To', 'Pair', 'Device', 'G (µS)', 'RESETs'],
    rows: order.flatMap((id) => layers.flatMap(({ layer, found }) => (found[id]?.list() ?? []).map(rowOf(id, layer)))),
  }
}
