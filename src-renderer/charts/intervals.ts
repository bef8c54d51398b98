import type { CustomSeriesOption } from 'echarts'
import type { Intervals } from '../../src-engine/figure/figure.ts'
import { ROW } from './rows.ts'

/** Half of the height of the caps, px. */
const CAP = 4

/** Horizontal bars with caps. */
export const intervalSeries = ({ entry, low, high, y, shift = 0, colour }: Intervals): CustomSeriesOption => ({
  type: 'custom', name: entry, color: colour, clip: true, silent: true, z: 4, tooltip: { show: false },
  dimensions: ['low', 'high', 'row'], encode: { x: ['low', 'high'], y: 'row' },
  data: low.map((from, index) => [from, high[index]!, y[index]!]),
  renderItem: (_, api) => {
    const [from, to, row] = [0, 1, 2].map((dimension) => Number(api.value(dimension)))
    const [left, onRow] = api.coord([from!, row!])
    const middle = onRow! + shift * ROW
    const right = api.coord([to!, row!])[0]!
    const cap = (x: number) => [x, middle - CAP, x, middle + CAP]
    const lines = [[left!, middle, right, middle], cap(left!), cap(right)]
    const style = { stroke: colour, lineWidth: 1.5 }
    return { type: 'group', children: lines.map(([x1, y1, x2, y2]) => ({ type: 'line' as const, shape: { x1, y1, x2, y2 }, style })) }
  },
})
