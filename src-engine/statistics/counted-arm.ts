import type { ComparisonSpec } from '../experiment/sweep.ts'
import { countedEpochs, energyOf, pulsesAfter } from './budget.ts'
import type { ComparedRun } from './comparison.ts'
import { firstEpochs, type LearningCurve, meanOfLast } from './learning-curve.ts'
import { type Baselines, stabilityOf } from './stability.ts'

export interface ArmToCompare {
  label: string
  /** Kind of its task. */
  task: string
  /** Whether its weights are in a crossbar. Digital weights fire no pulses. */
  onDevices: boolean
  /** Label that it shares with the arms of other searches. They are compared as one arm. */
  group?: string
}

export type RunToCompare = { runId: string; arm: number; seed: number } & (Ended | { status: 'failed' | 'unfinished' })

interface Ended {
  status: 'done'
  curve: LearningCurve
  baselines: Baselines
}

/** An arm with its runs evaluated up to the last epoch that fits the budget. */
export interface CountedArm extends ArmToCompare {
  arm: number
  /** Finished runs, sorted by seed. */
  runs: ComparedRun[]
  /** All epochs of each of these runs, counted or not. */
  epochsDone: number[]
  failed: number
  unfinished: number
  /** Runs by the search that their settings are from; only one unless arms share a group. */
  restarts: ComparedRun[][]
}

/**
 * Evaluates the runs of one arm within the budget.
 * @param index index of the arm among all arms, from 0
 * @param runs runs of this arm; if several have the same seed, the first finished one counts
 */
export function countedArm(arm: ArmToCompare, index: number, runs: readonly RunToCompare[], by: ComparisonSpec): CountedArm {
  const chosen = [...onePerSeed(runs).values()].sort((a, b) => a.seed - b.seed)
  const ended = chosen.flatMap((run) => (run.status === 'done' ? [run] : []))
  const compared = ended.map((run) => comparedRun(run, arm.onDevices, by))
  return {
    ...arm,
    arm: index,
    runs: compared,
    restarts: [compared],
    epochsDone: ended.map(({ curve }) => curve.loss.length),
    failed: chosen.filter(({ status }) => status === 'failed').length,
    unfinished: chosen.filter(({ status }) => status === 'unfinished').length,
  }
}

/** Joins the arms of each group to one, in the place of the first. */
export function groupedArms(arms: readonly CountedArm[]): CountedArm[] {
  const groups = Map.groupBy(arms, ({ arm, group }) => group ?? arm)
  return [...groups.values()].map((own) => {
    const first = own[0]!
    return own.length === 1 && first.group === undefined ? first : {
      ...first,
      label: first.group!,
      runs: own.flatMap(({ runs }) => runs).sort((a, b) => a.seed - b.seed),
      epochsDone: own.flatMap(({ epochsDone }) => epochsDone),
      failed: sum(own.map(({ failed }) => failed)),
      unfinished: sum(own.map(({ unfinished }) => unfinished)),
      restarts: own.map(({ runs }) => runs),
    }
  })
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const preference = { done: 2, unfinished: 1, failed: 0 }

/** One run per seed: a retry replaces the failed run of the same seed. */
function onePerSeed(runs: readonly RunToCompare[]): Map<number, RunToCompare> {
  const chosen = new Map<number, RunToCompare>()
  for (const run of runs) {
    const known = chosen.get(run.seed)
    if (!known || preference[run.status] > preference[known.status]) chosen.set(run.seed, run)
  }
  return chosen
}

function comparedRun(run: RunToCompare & Ended, onDevices: boolean, { budget, energy }: ComparisonSpec): ComparedRun {
  const { runId, seed, curve, baselines } = run
  const epochs = countedEpochs(curve, budget, energy)
  const counted = firstEpochs(curve, epochs)
  const pulses = pulsesAfter(curve, epochs)
  return {
    runId,
    seed,
    loss: meanOfLast(counted.loss),
    epochs,
    ...pulses,
    energy: energyOf(pulses, energy),
    stability: stabilityOf(counted, baselines, onDevices),
  }
}
