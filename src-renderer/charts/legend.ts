import type { LegendComponentOption } from 'echarts'
import type { Dash, KeyEntry } from '../../src-engine/figure/figure.ts'
import { CROSS, symbolPaths } from './symbols.ts'
import type { ChartTheme } from './theme.ts'

const LENGTH = 22

/** Lengths of strokes and gaps of lines on the screen, px. */
export const strokes: Record<Dash, readonly number[]> = {
  solid: [LENGTH], dashed: [6, 4], dotted: [2, 3], long: [10, 4], 'dash-dot': [8, 3, 2, 3], wide: [3, 6],
}

export const legendOf = (key: readonly KeyEntry[], theme: ChartTheme): LegendComponentOption => ({
  type: 'scroll', top: 0, left: 58, right: 8, itemWidth: LENGTH, itemHeight: 10, itemGap: 14, symbolKeepAspect: true,
  // High lines, since a legend with pages would clip superscripts and the tops of letters.
  textStyle: { color: theme.quiet, fontSize: 12, lineHeight: 18 },
  inactiveColor: theme.grid, pageTextStyle: { color: theme.quiet }, padding: [0, 5],
  data: key.map((entry) => ({ name: entry.text, ...sampleOf(entry) })),
})

function sampleOf({ colour, dash, symbol, isArea = false }: KeyEntry) {
  const itemStyle = { color: colour, opacity: 1 }
  if (isArea && dash !== undefined) return curveInBand(colour, dash)
  if (isArea) return { icon: 'path://M0 0H22V10H0Z', itemStyle: { color: colour, opacity: 0.3 } }
  if (symbol === 'cross') return { icon: CROSS, itemStyle }
  if (symbol === 'stroke') return { icon: 'path://M10 0H12V10H10Z', itemStyle }
  if (symbol && dash !== undefined && symbol.shape !== 'circle') return { icon: symbolPaths[symbol.shape], itemStyle }
  if (symbol && dash !== undefined) return { icon: 'path://M0 4.25H8A3 3 0 1 1 14 4.25H22V5.75H14A3 3 0 1 1 8 5.75H0Z', itemStyle }
  if (symbol) return { icon: symbolPaths[symbol.shape], itemStyle }
  return { icon: `path://${dashPath(dash ?? 'solid')}`, itemStyle }
}

/** A curve inside its band. A gradient with hard stops draws both with one icon. */
const curveInBand = (colour: string, dash: Dash) => ({
  icon: `path://M0 0H22V4.25H0ZM0 5.75H22V10H0Z${dashPath(dash, 4.25)}`,
  itemStyle: { color: { type: 'linear' as const, x: 0, y: 0, x2: 0, y2: 1, colorStops: hardStops(`${colour}4d`, colour) } },
})

const hardStops = (outer: string, inner: string) => [
  { offset: 0, color: outer }, { offset: 0.425, color: outer },
  { offset: 0.425, color: inner }, { offset: 0.575, color: inner },
  { offset: 0.575, color: outer }, { offset: 1, color: outer },
]

function dashPath(dash: Dash, top = 0): string {
  const pattern = strokes[dash]
  const pieces: string[] = []
  for (let x = 0, index = 0; x < LENGTH; x += pattern[index % pattern.length]!, index++) {
    const end = Math.min(LENGTH, x + pattern[index % pattern.length]!)
    if (index % 2 === 0 || pattern.length === 1) pieces.push(`M${x} ${top}H${end}V${top + 1.5}H${x}Z`)
  }
  return pieces.join('')
}
