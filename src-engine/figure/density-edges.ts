import type { Density } from './figure.ts'

/** Share of a row that the highest density fills, so that rows stay apart. */
const FILLED = 0.9

/** Edges of a density, in rows: a curve, and the one or the line that mirrors it. */
export function densityEdges({ shape, row, height }: Pick<Density, 'shape' | 'row' | 'height'>): { low: number[]; high: number[] } {
  const heights = Array.from(height, (each) => FILLED * each)
  if (shape === 'violin') return { low: heights.map((each) => row + each / 2), high: heights.map((each) => row - each / 2) }
  const foot = row + FILLED / 2
  return { low: heights.map(() => foot), high: heights.map((each) => foot - each) }
}
