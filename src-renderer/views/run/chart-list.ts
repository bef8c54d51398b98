/** Charts of the Run screen, in the order in which they are shown. */
export const runCharts = [
  { name: 'loss', title: 'Loss' },
  { name: 'output', title: 'Output against target' },
  { name: 'sets', title: 'Pulses per epoch' },
  { name: 'raster', title: 'Spikes' },
  { name: 'histogram', title: 'Conductances or weights' },
  { name: 'rates', title: 'Firing rates' },
  { name: 'saturation', title: 'Saturation and refresh' },
  { name: 'membrane', title: 'Membrane potential' },
  { name: 'weights', title: 'Weights as a map' },
  { name: 'signal', title: 'Learning signal' },
  { name: 'audit', title: 'Gradient to pulse' },
  { name: 'eligibility', title: 'Eligibility trace' },
] as const

export type RunChart = typeof runCharts[number]['name']

/** Those that are chosen; names that this version does not know are left out. */
export const chosenCharts = (chosen: readonly string[]): RunChart[] =>
  runCharts.map(({ name }) => name).filter((name) => chosen.includes(name))

const NARROWEST = 320

/** Columns of a grid of charts in `width` px: few charts are large. */
export function columnsFor(charts: number, width: number): number {
  const wanted = charts <= 1 ? 1 : charts <= 6 ? 2 : 3
  // Not measured yet: as if there were room.
  return width === 0 ? wanted : Math.max(1, Math.min(wanted, Math.floor(width / NARROWEST)))
}
