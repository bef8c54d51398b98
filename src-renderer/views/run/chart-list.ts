import { isTracedSynapse, type Recorded } from '../../../src-engine/analysis/recording.ts'
import { type Need, type RunChart, runCharts } from '../../../src-engine/charts/run-charts.ts'

/** What a run can show now. */
export interface Shown {
  /** Whether live data is shown, not what the run has stored. */
  isLive: boolean
  hasSnapshots: boolean
  hasDevices: boolean
  recorded: Recorded
}

/** Charts that have something to show, in display order. */
export function offeredCharts({ isLive, hasSnapshots, hasDevices, recorded: { neurons, synapses } }: Shown): RunChart[] {
  const has: Record<Need, boolean> = {
    epochs: true,
    sequence: isLive || hasSnapshots,
    devices: hasDevices,
    audit: isLive,
    neuron: isLive || neurons.length > 0,
    synapse: isLive || synapses.some(isTracedSynapse),
    updates: !isLive && synapses.length > 0,
    pulses: !isLive && hasDevices && synapses.length > 0,
  }
  return runCharts.filter(({ needs }) => has[needs]).map(({ name }) => name)
}

/** Chosen charts among those that are offered, in display order. Names that this version does not know are ignored. */
export const chosenCharts = (chosen: readonly string[], offered: readonly RunChart[]): RunChart[] =>
  offered.filter((name) => chosen.includes(name))

const ofSubject: readonly RunChart[] = runCharts
  .filter(({ needs }) => ['neuron', 'synapse', 'updates', 'pulses'].includes(needs)).map(({ name }) => name)

/** Whether a chart shows a single neuron or synapse. */
export const showsSubject = (chart: RunChart): boolean => ofSubject.includes(chart)

/** Minimum width of a column, px. */
const MIN_COLUMN = 320

/** Number of columns for a number of charts in `width` px. Few charts get more space each. */
export function columnsFor(charts: number, width: number): number {
  const wanted = charts <= 1 ? 1 : charts <= 6 ? 2 : 3
  // A width of 0 is not measured yet.
  return width === 0 ? wanted : Math.max(1, Math.min(wanted, Math.floor(width / MIN_COLUMN)))
}
