/** Charts of the Run screen, in display order. */
export const runCharts = [
  { name: 'loss', title: 'Loss' },
  { name: 'output', title: 'Output and target' },
  { name: 'sets', title: 'Pulses per epoch' },
  { name: 'raster', title: 'Spikes' },
  { name: 'histogram', title: 'Conductance or weight distribution' },
  { name: 'rates', title: 'Firing rates' },
  { name: 'saturation', title: 'Saturation and refresh' },
  { name: 'membrane', title: 'Membrane potential' },
  { name: 'weights', title: 'Weight map' },
  { name: 'signal', title: 'Learning signal' },
  { name: 'audit', title: 'Planned and actual updates' },
  { name: 'eligibility', title: 'Eligibility trace' },
] as const

export type RunChart = typeof runCharts[number]['name']

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
