import type { CustomSeriesOption, CustomSeriesRenderItemAPI } from 'echarts'
import { BAND_OPACITY } from './colours.ts'

export interface Band {
  x: ArrayLike<number>
  low: ArrayLike<number>
  high: ArrayLike<number>
}

type Point = number[]

/**
 * Area between two curves, one polygon for each piece without gaps. Stacked areas of ECharts are wrong on a log axis and
 * below zero. On a log axis, a lower bound at or below zero extends to the bottom of the chart.
 */
export function bandSeries(name: string, colour: string, band: Band, log: boolean): CustomSeriesOption {
  const pieces = piecesOf(band)
  const lowOf = (index: number) => (log && band.low[index]! <= 0 ? null : band.low[index]!)
  return {
    type: 'custom', name, color: colour, silent: true, clip: true, z: 2, tooltip: { show: false },
    dimensions: ['x', 'low', 'high'], encode: { x: 'x', y: ['low', 'high'] },
    data: pieces.flat().map((index) => [band.x[index], lowOf(index), band.high[index]]),
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

/** Sequences of adjacent indices with finite bounds, split at gaps. */
function piecesOf({ x, low, high }: Band): number[][] {
  const pieces: number[][] = [[]]
  for (let index = 0; index < x.length; index++) {
    const drawable = Number.isFinite(low[index]) && Number.isFinite(high[index])
    if (drawable) pieces[pieces.length - 1]!.push(index)
    else if (pieces[pieces.length - 1]!.length > 0) pieces.push([])
  }
  return pieces.filter((piece) => piece.length > 0)
}

function outline(
  piece: number[], { x, high }: Band, lowOf: (index: number) => number | null, api: CustomSeriesRenderItemAPI, foot: number,
): Point[] {
  const upper = piece.map((index) => api.coord([x[index], high[index]]))
  const lower = piece.map((index, at) => {
    const low = lowOf(index)
    return low === null ? [upper[at]![0]!, foot] : api.coord([x[index], low])
  })
  return [...upper, ...lower.reverse()]
}
