import { readEnergyOf, writeEnergyOf, writeTimeOf } from '../../../src-engine/statistics/budget.ts'
import type { ComparedArm, ComparedRun, Comparison } from '../../../src-engine/statistics/comparison.ts'
import { meanOf } from '../../../src-engine/statistics/samples.ts'

/** What the pulses of a run cost. */
export interface Costs {
  /** Energy of SETs and RESETs, µJ. */
  writeEnergy: number
  /** Energy of READs, µJ. */
  readEnergy: number
  /** Time of SETs and RESETs, one device after the other, ms. */
  writeTime: number
}

export const costsOf = (run: Pick<ComparedRun, 'set' | 'reset' | 'read'>, { energy, duration }: Comparison): Costs =>
  ({ writeEnergy: writeEnergyOf(run, energy), readEnergy: readEnergyOf(run, energy), writeTime: writeTimeOf(run, duration) })

/** Means over the runs of an arm; null without runs. */
export function meanCosts({ runs }: ComparedArm, comparison: Comparison): Costs | null {
  if (runs.length === 0) return null
  const costs = runs.map((run) => costsOf(run, comparison))
  const mean = (name: keyof Costs) => meanOf(costs.map((one) => one[name]))
  return { writeEnergy: mean('writeEnergy'), readEnergy: mean('readEnergy'), writeTime: mean('writeTime') }
}
