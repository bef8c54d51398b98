import { densityEdges } from '../../src-engine/figure/density-edges.ts'
import type { Density, Figure, Mark } from '../../src-engine/figure/figure.ts'
import { csv } from './csv.ts'

const columns = ['panel', 'plot', 'mark', 'kind', 'series', 'x', 'y', 'low', 'high']

/** Numbers of one point of a mark. What a kind of mark does not have is left out. */
interface Datum {
  x?: number
  y?: number
  low?: number
  high?: number
}

/**
 * What a figure shows, with a row for each point of each mark. Panels, plots and marks are numbered from 0, in the order in which they are
 * drawn. Bars have their edges as low and high, densities those of their area, and brackets their rows.
 */
export function figureData({ panels }: Figure): string {
  const rows = panels.flatMap(({ plots }, panel) => plots.flatMap(({ marks }, plot) => marks.flatMap((mark, index) =>
    dataOf(mark).map(({ x = null, y = null, low = null, high = null }) =>
      ({ panel, plot, mark: index, kind: mark.kind, series: seriesOf(mark), x, y, low, high })))))
  return csv(columns, rows)
}

const seriesOf = (mark: Mark) => ('entry' in mark ? mark.entry ?? null : null)

function dataOf(mark: Mark): Datum[] {
  switch (mark.kind) {
    case 'line': case 'raster': return Array.from(mark.x, (x, index) => ({ x, y: mark.y[index]! }))
    case 'points': return Array.from(mark.x, (x, index) => ({ x, y: mark.y[index]! + (mark.shift ?? 0) }))
    case 'band': return Array.from(mark.x, (x, index) => ({ x, low: mark.low[index]!, high: mark.high[index]! }))
    case 'density': return densityData(mark)
    case 'bars': return Array.from(mark.values, (y, index) => ({ y, low: mark.edges[index]!, high: mark.edges[index + 1]! }))
    case 'intervals': return mark.y.map((y, index) => ({ y: y + (mark.shift ?? 0), low: mark.low[index]!, high: mark.high[index]! }))
    case 'rug': return Array.from(mark.at, (at) => (mark.side === 'right' ? { y: at } : { x: at }))
    case 'rule': return [{ ...(mark.x !== undefined && { x: mark.x }), ...(mark.y !== undefined && { y: mark.y }) }]
    // Row by row from the lower end of the y axis.
    case 'image': return Array.from(mark.values, (y, index) => ({ x: index % mark.columns, y }))
    case 'bracket': return [{ low: mark.from, high: mark.to }]
    case 'text': return []
  }
}

function densityData(mark: Density): Datum[] {
  const { low, high } = densityEdges(mark)
  return Array.from(mark.x, (x, index) => ({ x, low: low[index]!, high: high[index]! }))
}
