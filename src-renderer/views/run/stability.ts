import type { Stability } from '../../../src-engine/analysis/comparison.ts'
import { stabilityOf } from '../../../src-engine/analysis/stability.ts'
import { meanOf } from '../../../src-engine/analysis/statistics.ts'
import { usesDevices } from '../../../src-engine/spec/scheme.ts'
import type { Spec } from '../../../src-engine/spec/spec.ts'
import { targetOf } from '../../../src-engine/task/patterns.ts'
import type { EpochMetrics } from '../../stores/runs.ts'

/** Outcome of a run from all its epochs; null before the first epoch. */
export function runStability({ task, seed, scheme }: Spec, epochs: readonly EpochMetrics[]): Stability | null {
  if (epochs.length === 0) return null
  const column = (value: (metrics: EpochMetrics) => number) => Float64Array.from(epochs, value)
  const curve = {
    mse: column(({ mse }) => mse),
    meanRateHz: column(({ meanRateHz }) => meanRateHz),
    saturated: column(({ saturated }) => saturated),
    set: column(({ ledger }) => ledger.set),
    reset: column(({ ledger }) => ledger.reset),
    read: column(({ ledger }) => ledger.read),
  }
  return stabilityOf(curve, silentMse(task, seed), usesDevices(scheme))
}

/** Mean squared error of a constant output of 0. */
const silentMse = (task: Spec['task'], seed: number) =>
  meanOf(Array.from({ length: task.patterns }, (_, pattern) => meanOf(targetOf(task, seed, pattern).map((y) => y * y))))
