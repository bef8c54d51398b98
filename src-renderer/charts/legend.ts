import type { LegendComponentOption } from 'echarts'
import { CROSS, type Dash, NOT_DRAWN } from './line.ts'

/** Lengths of strokes and gaps, as ECharts draws them for a line of 1.5 px. */
const strokes = { solid: [22], dashed: [6, 4], dotted: [2, 3] }

/** Dashes that curves of one colour are told apart by. */
export const dashes: readonly Dash[] = ['solid', 'dashed', 'dotted', [10, 4], [8, 3, 2, 3], [3, 6]]

/** Legend entry of a line, drawn with its dash. */
export const lineEntry = (name: string, dash: Dash = 'solid') => ({ name, icon: `path://${dashPath(dash)}` })

/** Legend entry of a band, drawn as a patch. */
export const bandEntry = (name: string) => ({ name, icon: 'path://M0 0H22V10H0Z', itemStyle: { opacity: 0.3 } })

/** Legend entry of a curve inside its band. A gradient with hard stops draws both with one icon. */
export const curveInBandEntry = (name: string, colour: string, dash: Dash) => ({
  name,
  icon: `path://M0 0H22V4.25H0ZM0 5.75H22V10H0Z${dashPath(dash, 4.25)}`,
  itemStyle: { color: { type: 'linear' as const, x: 0, y: 0, x2: 0, y2: 1, colorStops: hardStops(`${colour}4d`, colour) } },
})

const hardStops = (outer: string, inner: string) => [
  { offset: 0, color: outer }, { offset: 0.425, color: outer },
  { offset: 0.425, color: inner }, { offset: 0.575, color: inner },
  { offset: 0.575, color: outer }, { offset: 1, color: outer },
]

/** Legend entry of the marks at gaps, if there are any. */
export const gapEntry = (gaps: number[]) => (gaps.length > 0 ? [{ name: NOT_DRAWN, icon: CROSS }] : [])

export const legendOf = (legend: unknown, data: LegendComponentOption['data']): LegendComponentOption =>
  ({ ...legend as LegendComponentOption, data })

const LENGTH = 22

function dashPath(dash: Dash, top = 0): string {
  const pattern = typeof dash === 'string' ? strokes[dash] : dash
  const pieces: string[] = []
  for (let x = 0, index = 0; x < LENGTH; x += pattern[index % pattern.length]!, index++) {
    const end = Math.min(LENGTH, x + pattern[index % pattern.length]!)
    if (index % 2 === 0 || pattern.length === 1) pieces.push(`M${x} ${top}H${end}V${top + 1.5}H${x}Z`)
  }
  return pieces.join('')
}
