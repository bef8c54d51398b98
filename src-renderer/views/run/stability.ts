import type { Stability } from '../../../src-engine/analysis/comparison.ts'
import { stabilityOf } from '../../../src-engine/analysis/stability.ts'
import { usesDevices } from '../../../src-engine/spec/scheme.ts'
import type { Spec } from '../../../src-engine/spec/spec.ts'
import { baselinesOf } from '../../../src-engine/task/baselines.ts'
import type { EpochMetrics } from '../../stores/runs.ts'

/** Outcome of a run so far, from all its epochs; null before the first epoch. The library keeps the outcome of a finished run. */
export function runStability({ task, seed, scheme }: Spec, epochs: readonly EpochMetrics[]): Stability | null {
  if (epochs.length === 0) return null
  const column = (value: (metrics: EpochMetrics) => number) => Float64Array.from(epochs, value)
  const curve = {
    mse: column(({ mse }) => mse),
    meanRateHz: column(({ meanRateHz }) => meanRateHz),
    silent: column(({ silent }) => silent ?? NaN),
    saturated: column(({ saturated }) => saturated),
    set: column(({ ledger }) => ledger.set),
    reset: column(({ ledger }) => ledger.reset),
    read: column(({ ledger }) => ledger.read),
  }
  return stabilityOf(curve, baselinesOf(task, seed), usesDevices(scheme))
}
