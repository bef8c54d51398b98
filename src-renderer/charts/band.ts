import type { CustomSeriesOption, CustomSeriesRenderItemAPI } from 'echarts'
import type { Band } from '../../src-engine/figure/figure.ts'

export const BAND_OPACITY = 0.2

/** One polygon for each piece of a band without gaps. Stacked areas of ECharts are wrong on a log axis and below zero. */
export function bandSeries({ entry, colour, ...band }: Band, isLog: boolean): CustomSeriesOption {
  const shown = (value: number) => (Number.isFinite(value) && !(isLog && value <= 0) ? value : null)
  const lowOf = (index: number) => shown(band.low[index]!)
  const pieces = piecesOf(band, (index) => Number.isFinite(band.low[index]) && shown(band.high[index]!) !== null)
  return {
    type: 'custom', name: entry, color: colour, silent: true, clip: true, z: 2, tooltip: { show: false },
    dimensions: ['x', 'low', 'high'], encode: { x: 'x', y: ['low', 'high'] },
    data: Array.from(band.x, (x, index) => [x, lowOf(index), shown(band.high[index]!)]) as number[][],
    // The first visible point draws the whole band, so that a zoom that drops other points cuts nothing off.
    renderItem: (params, api) => {
      if (params.dataIndexInside !== 0) return null
      const { y, height } = params.coordSys as unknown as { y: number, height: number }
      const children = pieces.map((piece) => ({
        type: 'polygon' as const,
        shape: { points: outline(piece, band, lowOf, api, y + height) },
        style: { fill: colour, opacity: BAND_OPACITY },
      }))
      return { type: 'group', children }
    },
  }
}

type Curves = Pick<Band, 'x' | 'low' | 'high'>

/** Sequences of adjacent indices, split at gaps. */
function piecesOf({ x }: Curves, isDrawable: (index: number) => boolean): number[][] {
  const pieces: number[][] = [[]]
  for (let index = 0; index < x.length; index++) {
    if (isDrawable(index)) pieces.at(-1)!.push(index)
    else if (pieces.at(-1)!.length > 0) pieces.push([])
  }
  return pieces.filter((piece) => piece.length > 0)
}

function outline(
  piece: number[], { x, high }: Curves, lowOf: (index: number) => number | null, api: CustomSeriesRenderItemAPI, foot: number,
): number[][] {
  const upper = piece.map((index) => api.coord([x[index], high[index]]))
  const lower = piece.map((index, at) => {
    const low = lowOf(index)
    return low === null ? [upper[at]![0]!, foot] : api.coord([x[index], low])
  })
  return [...upper, ...lower.reverse()]
}
