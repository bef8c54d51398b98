import { formatNumber, formatWithError, NO_VALUE } from '../format/numbers.ts'

/** A number that tells how well a task is done, as its readers see it. Plain data, so it crosses threads. */
export interface MetricKind {
  /** Name in documents, tables and on the command line: 'mse'. */
  id: string
  /** Name in tables: 'MSE'. */
  title: string
  /** Name on axes and in sentences: 'Mean squared error'. */
  name: string
  /** Absent if dimensionless. */
  unit?: string
  better: 'lower' | 'higher'
  print: 'number' | 'percentage'
  /** In plain characters. */
  equation: string
}

/** What a task minimises. */
export interface LossKind extends MetricKind {
  better: 'lower'
  /** What the name leaves open: 'of the readout against its target'. */
  compares: string
  /** 'Mean squared difference between the readout and its target' */
  meaning: string
}

export const mse: LossKind = {
  id: 'mse', title: 'MSE', name: 'Mean squared error', compares: 'of the readout against its target',
  meaning: 'Mean squared difference between the readout and its target', better: 'lower', print: 'number',
  equation: 'MSE = 1/(P·T) · Σₚ Σₜ (yₚ[t] − y*ₚ[t])²',
}

/** Stands for the losses of runs whose tasks minimise different ones, and of tasks that this version does not know. */
export const anyLoss: LossKind = {
  id: 'loss', title: 'Loss', name: 'Loss', compares: 'that the task minimises', meaning: 'What the task minimises', better: 'lower', print: 'number', equation: 'the loss of each task',
}

/** A value in the way of its metric, without the unit. */
export function formatMetric({ print }: MetricKind, value: number | null | undefined): string {
  if (value === null || value === undefined) return NO_VALUE
  return print === 'percentage' ? `${formatNumber(100 * value)} %` : formatNumber(value)
}

/** A mean and its error in the way of their metric, without the unit. */
export const formatMetricWithError = ({ print }: MetricKind, mean: number, sd: number | null): string => (print === 'percentage'
  ? `${formatWithError(100 * mean, sd === null ? null : 100 * sd)} %`
  : formatWithError(mean, sd))

/** 'MSE', or 'Reaction time (ms)'. */
export const titleWithUnit = ({ title, unit }: MetricKind) => (unit ? `${title} (${unit})` : title)
