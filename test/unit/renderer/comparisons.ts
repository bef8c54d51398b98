import type { ComparedArm, ComparedRun, Comparison, Stability } from '../../../src-engine/statistics/comparison.ts'
import { sampleOf } from '../../../src-engine/statistics/samples.ts'
import { comparisonSchema } from '../../../src-engine/experiment/sweep.ts'

const learned: Stability = { outcome: 'learned', reasons: [] }

export const runOf = (seed: number, loss: number, given: Partial<ComparedRun> = {}): ComparedRun => ({
  runId: `run-${seed}`, seed, loss, epochs: 40, set: 1000 * seed, reset: 10, read: 5000, energy: 0.5 * seed, stability: learned, ...given,
})

/** An arm with these runs and no statistical test. */
export function armOf(arm: number, label: string, runs: ComparedRun[], given: Partial<ComparedArm> = {}): ComparedArm {
  const counts = { learned: 0, untrained: 0, silent: 0, diverged: 0 }
  for (const { stability } of runs) counts[stability.outcome]++
  const mean = (values: number[]) => (values.length === 0 ? null : sampleOf(values).mean)
  return {
    arm, label, runs, sample: sampleOf(runs.map(({ loss }) => loss)), interval: null,
    worst: runs.length === 0 ? null : Math.max(...runs.map(({ loss }) => loss)),
    set: mean(runs.map(({ set }) => set)), energy: mean(runs.map(({ energy }) => energy)),
    outcomes: counts, failed: 0, unfinished: 0, test: null, onFront: false, ...given,
  }
}

export const comparisonOf = (arms: ComparedArm[], given: Partial<Comparison> = {}): Comparison =>
  ({ ...comparisonSchema.parse({}), reference: arms[0]?.label ?? '', loss: 'mse', arms, warnings: [], ...given })
