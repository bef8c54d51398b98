import type { CustomSeriesOption } from 'echarts'
import { densityEdges } from '../../src-engine/figure/density-edges.ts'
import type { Density } from '../../src-engine/figure/figure.ts'
import { BAND_OPACITY } from './band.ts'

/** One polygon with its outline. The first visible point draws it, so that a zoom that drops other points cuts nothing off. */
export function densitySeries({ entry, x, colour, ...density }: Density): CustomSeriesOption {
  const { low, high } = densityEdges(density)
  return {
    type: 'custom', name: entry, color: colour, silent: true, clip: true, z: 2, tooltip: { show: false },
    dimensions: ['x', 'row'], encode: { x: 'x', y: 'row' },
    data: Array.from(x, (value) => [value, density.row]),
    renderItem: ({ dataIndexInside }, api) => {
      if (dataIndexInside !== 0) return null
      const along = (edge: readonly number[]) => Array.from(x, (value, index) => api.coord([value, edge[index]!]))
      const shape = { points: [...along(high), ...along(low).reverse()] }
      return { type: 'group', children: [
        { type: 'polygon', shape, style: { fill: colour, opacity: BAND_OPACITY } },
        { type: 'polygon', shape, style: { fill: 'none', stroke: colour, lineWidth: 1 } },
      ] }
    },
  }
}
