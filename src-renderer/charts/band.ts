import type { CustomSeriesOption, CustomSeriesRenderItemAPI } from 'echarts'
import { BAND_OPACITY } from './colours.ts'

export interface Band {
  x: ArrayLike<number>
  low: ArrayLike<number>
  high: ArrayLike<number>
}

/**
 * An area between two curves, one polygon for each piece without gaps: ECharts' stacked areas are wrong on a log
 * axis and below zero. A lower bound that is not above zero reaches down to the foot of a log axis.
 */
export function bandSeries(name: string, colour: string, band: Band, log: boolean): CustomSeriesOption {
  const pieces = piecesOf(band)
  const hasPlace = (value: number) => !(log && value <= 0)
  return {
    type: 'custom', name, color: colour, silent: true, clip: true, z: 2, tooltip: { show: false },
    dimensions: ['from', 'to', 'low', 'high'], encode: { x: ['from', 'to'], y: ['low', 'high'] },
    data: pieces.map((piece) => extentOf(band, piece, hasPlace)),
    renderItem: (params, api) => {
      const piece = pieces[params.dataIndex]
      const { y, height } = params.coordSys as unknown as { y: number, height: number }
      const upper = piece.map((index) => api.coord([band.x[index], band.high[index]]))
      const lower = piece.map((index) => lowerCorner(api, band, index, hasPlace, y + height)).reverse()
      return { type: 'polygon', shape: { points: [...upper, ...lower] }, style: { fill: colour, opacity: BAND_OPACITY } }
    },
  }
}

/** Runs of neighbouring indices with both bounds; a gap parts them. */
function piecesOf({ x, low, high }: Band): number[][] {
  const pieces: number[][] = [[]]
  for (let index = 0; index < x.length; index++) {
    const drawable = Number.isFinite(low[index]) && Number.isFinite(high[index])
    if (drawable) pieces[pieces.length - 1].push(index)
    else if (pieces[pieces.length - 1].length > 0) pieces.push([])
  }
  return pieces.filter((piece) => piece.length > 0)
}

function extentOf({ x, low, high }: Band, piece: number[], hasPlace: (value: number) => boolean): number[] {
  let bottom = Infinity
  let top = -Infinity
  for (const index of piece) {
    if (hasPlace(low[index])) bottom = Math.min(bottom, low[index])
    top = Math.max(top, high[index])
  }
  return [x[piece[0]], x[piece[piece.length - 1]], Math.min(bottom, top), top]
}

function lowerCorner(
  api: CustomSeriesRenderItemAPI, { x, low, high }: Band, index: number, hasPlace: (value: number) => boolean, foot: number,
): number[] {
  return hasPlace(low[index]) ? api.coord([x[index], low[index]]) : [api.coord([x[index], high[index]])[0], foot]
}
