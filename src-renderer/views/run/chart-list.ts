import { type RunChart, runCharts } from '../../../src-engine/charts/run-charts.ts'

/** Chosen charts in display order. Names that this version does not know are ignored. */
export const chosenCharts = (chosen: readonly string[]): RunChart[] =>
  runCharts.map(({ name }) => name).filter((name) => chosen.includes(name))

/** Minimum width of a column, px. */
const MIN_COLUMN = 320

/** Number of columns for a number of charts in `width` px. Few charts get more space each. */
export function columnsFor(charts: number, width: number): number {
  const wanted = charts <= 1 ? 1 : charts <= 6 ? 2 : 3
  // A width of 0 is not measured yet.
  return width === 0 ? wanted : Math.max(1, Math.min(wanted, Math.floor(width / MIN_COLUMN)))
}
