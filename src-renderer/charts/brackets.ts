import type { CustomSeriesOption } from 'echarts'
import { bracketLanes } from '../../src-engine/figure/bracket-lanes.ts'
import type { Mark } from '../../src-engine/figure/figure.ts'
import { type ChartTheme, FONT } from './theme.ts'

/** Distances beside the plot, px: of lanes, of a text from what is before it; length of hooks; average width of a character. */
const [LANE, BEFORE, HOOK, CHARACTER] = [8, 8, 5, 6.8]

/** Space for brackets at the right of a plot, px. */
export function bracketsWidth(marks: readonly Mark[]): number {
  const { brackets, lanes, columns } = bracketLanes(marks)
  return brackets.length === 0 ? 0 : Math.round(BEFORE + LANE * (lanes - 1) + columns * columnOf(marks))
}

const columnOf = (marks: readonly Mark[]) =>
  BEFORE + CHARACTER * Math.max(0, ...marks.map((mark) => (mark.kind === 'bracket' ? mark.text.length : 0)))

/** All brackets of a plot, each with its text at the second row. */
export function bracketSeries(marks: readonly Mark[], theme: ChartTheme): CustomSeriesOption[] {
  const { brackets, lanes } = bracketLanes(marks)
  if (brackets.length === 0) return []
  return [{
    type: 'custom', silent: true, clip: false, tooltip: { show: false }, dimensions: ['from', 'to'], encode: { y: ['from', 'to'] },
    data: brackets.map(({ from, to }) => [from, to]),
    renderItem: (params, api) => {
      const { lane, column, from, to, text } = brackets[params.dataIndex]!
      const area = params.coordSys as unknown as { x: number, width: number }
      const right = area.x + area.width + BEFORE + lane * LANE
      const down = (row: number) => api.coord([0, row])[1]!
      const points = [[right - HOOK, down(from)], [right, down(from)], [right, down(to)], [right - HOOK, down(to)]]
      const x = area.x + area.width + BEFORE + LANE * (lanes - 1) + BEFORE + column * columnOf(marks)
      return { type: 'group', children: [
        { type: 'polyline', shape: { points }, style: { stroke: theme.ink, lineWidth: 1, fill: 'none' } },
        { type: 'text', style: { x, y: down(to), text, fill: theme.ink, font: `12px ${FONT}`, verticalAlign: 'middle' } },
      ] }
    },
  }]
}
