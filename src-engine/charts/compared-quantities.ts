import type { EnergyCosts, PulseDurations } from '../experiment/sweep.ts'
import type { MetricKind } from '../experiment/metrics.ts'
import { metricsOf, sharedLoss } from '../experiment/task.ts'
import { formatExact } from '../format/numbers.ts'
import { energyOf, readEnergyOf, writeEnergyOf, writeTimeOf } from '../statistics/budget.ts'
import type { Horizontal } from './comparison-view.ts'

/** One epoch of a compared run. */
export interface ComparedEpoch {
  epoch: number
  loss: number
  metrics: Readonly<Record<string, number>>
  meanRateHz: number
  /** Fraction of recurrent neurons without a spike; null in runs of earlier versions. */
  silent: number | null
  saturated: number
  /** Pulses since the start of the run. */
  ledger: { set: number; reset: number; read: number }
}

/** What is compared: the loss, another metric of a task, or a state that every epoch has. */
export interface ComparedQuantity extends Pick<MetricKind, 'id' | 'title' | 'name' | 'unit' | 'equation' | 'print'> {
  isLoss: boolean
  /** Null if neither smaller nor larger values are better. */
  better: MetricKind['better'] | null
  /** NaN in runs that do not have it. */
  of: (epoch: ComparedEpoch) => number
}

const states: readonly Omit<ComparedQuantity, 'isLoss' | 'print' | 'better'>[] = [
  {
    id: 'rate', title: 'Firing rate', name: 'Mean firing rate', unit: 'Hz', of: ({ meanRateHz }) => meanRateHz,
    equation: 'rate = spikes / (neurons · time)',
  },
  {
    id: 'silent', title: 'Silent neurons', name: 'Share of silent neurons', of: ({ silent }) => silent ?? NaN,
    equation: 'silent = recurrent neurons without a spike in the epoch / all',
  },
  {
    id: 'saturated', title: 'Saturation', name: 'Share of saturated devices', of: ({ saturated }) => saturated,
    equation: 'saturated = devices near their maximum conductance / all',
  },
]

interface OfTask { task: string }

/** All quantities that any of the runs has: the loss first, then the metrics of their tasks, then states. */
export function quantitiesOf(runs: readonly { summary: OfTask }[]): readonly [ComparedQuantity, ...ComparedQuantity[]] {
  const tasks = [...new Set(runs.map(({ summary }) => summary.task))]
  const metrics = new Map(tasks.flatMap(metricsOf).map((metric) => [metric.id, metric]))
  return [
    { ...sharedLoss(tasks), isLoss: true, of: ({ loss }) => loss },
    ...[...metrics.values()].map((metric): ComparedQuantity =>
      ({ ...metric, isLoss: false, of: (epoch) => epoch.metrics[metric.id] ?? NaN })),
    ...states.map((state): ComparedQuantity => ({ ...state, isLoss: false, better: null, print: 'number' })),
  ]
}

/** Whether the runs of a task have the quantity. */
export const hasQuantity = (task: string, { id, isLoss }: ComparedQuantity) =>
  isLoss || states.some((state) => state.id === id) || metricsOf(task).some((metric) => metric.id === id)

export interface PulseCosts { energy: EnergyCosts; duration: PulseDurations }

/** What can be along the x axis. */
export interface ComparedHorizontal {
  title: string
  unit?: string
  /** Whether it is a count, whose ticks are whole numbers. */
  isWhole: boolean
  /** Whether a run has a place on the axis. */
  has: (run: PlacedRun) => boolean
  /** What the other runs lack, and the reason if no run has a place. */
  lack: { run: string; all: string }
  /** How the library's numbers became this axis, where that is not plain. */
  note?: string
  at: (epoch: ComparedEpoch, run: PlacedRun, costs: PulseCosts) => number
}

/** What places a run along an axis. */
export interface PlacedRun {
  summary: {
    /** Those that the spec asks for. */
    epochs: number
    sequences: number
    /** Time that was spent on its epochs so far, s; null if it is not known. */
    secondsComputed: number | null
  }
  epochs: readonly ComparedEpoch[]
}

const ofEpochs = { isWhole: true, has: () => true, lack: { run: '', all: '' } }
const ofPulses = { isWhole: false, has: firesPulses, lack: { run: 'no pulses', all: 'None of these runs fires pulses.' } }

export const horizontalAxes: Record<Horizontal, ComparedHorizontal> = {
  epoch: { ...ofEpochs, title: 'Epoch', at: ({ epoch }) => epoch },
  sequence: { ...ofEpochs, title: 'Sequence', at: ({ epoch }, { summary }) => epoch * (summary.sequences / summary.epochs) },
  computed: {
    title: 'Computed time', unit: 's', isWhole: false, has: ({ summary }) => (summary.secondsComputed ?? 0) > 0,
    lack: { run: 'no computed time', all: 'The computed time of these runs is not known.' },
    note: 'computed time of a run, shared evenly among its epochs',
    at: ({ epoch }, { summary, epochs }) => epoch * (summary.secondsComputed! / epochs.length),
  },
  device: { ...ofPulses, title: 'Device time', unit: 'ms', at: ({ ledger }, _, { duration }) => writeTimeOf(ledger, duration) },
  pulses: { ...ofPulses, title: 'SET and RESET pulses', at: ({ ledger }) => ledger.set + ledger.reset },
  'write-energy': { ...ofPulses, title: 'WRITE energy', unit: 'µJ', at: ({ ledger }, _, { energy }) => writeEnergyOf(ledger, energy) },
  'read-energy': { ...ofPulses, title: 'READ energy', unit: 'µJ', at: ({ ledger }, _, { energy }) => readEnergyOf(ledger, energy) },
  energy: { ...ofPulses, title: 'WRITE and READ energy', unit: 'µJ', at: ({ ledger }, _, { energy }) => energyOf(ledger, energy) },
}

/** Why an axis is not offered for these runs; null if it is. */
export function notOffered(x: Horizontal, runs: readonly PlacedRun[]): string | null {
  const { has, lack } = horizontalAxes[x]
  return runs.some(has) ? null : lack.all
}

/** Whether any device was written or read. */
export function firesPulses({ epochs }: Pick<PlacedRun, 'epochs'>): boolean {
  const last = epochs.at(-1)?.ledger
  return last !== undefined && last.set + last.reset + last.read > 0
}

/** Pulses whose costs an axis is computed with. */
export const pulsesIn: Partial<Record<Horizontal, readonly (keyof EnergyCosts)[]>> = {
  device: ['set', 'reset'], 'write-energy': ['set', 'reset'], 'read-energy': ['read'], energy: ['set', 'reset', 'read'],
}

/** What an energy or a device time is computed with. Empty for other axes. */
export function costsText(x: Horizontal, { energy, duration }: PulseCosts): string {
  if (x === 'device') {
    return `${formatExact(duration.set)} ns per SET and ${formatExact(duration.reset)} ns per RESET, one device after the other`
  }
  return (pulsesIn[x] ?? []).map((pulse) => `${formatExact(energy[pulse])} pJ per ${pulse.toUpperCase()}`).join(', ')
}
