import { compareArms } from '../../src-engine/statistics/compare-arms.ts'
import type { Comparison } from '../../src-engine/statistics/comparison.ts'
import type { RunToCompare } from '../../src-engine/statistics/counted-arm.ts'
import type { Baselines } from '../../src-engine/statistics/stability.ts'
import { usesDevices } from '../../src-engine/experiment/scheme.ts'
import { type ComparisonSpec, comparisonSchema, type Sweep } from '../../src-engine/experiment/sweep.ts'
import { keptNumbers, type SampleValues, type TaskSpec, withImportedNumbers } from '../../src-engine/experiment/task.ts'
import { expandSweep } from '../../src-engine/sweep/expand-sweep.ts'
import { baselinesOf } from '../../src-engine/task/laws.ts'
import type { RunStatus } from '../contract/run.ts'
import type { EpochColumns } from '../library/library.ts'

/** What is compared, without the results. */
export interface ComparisonInput {
  sweepId: string
  document: Sweep
  /** How to compare; null uses the sweep's own settings, or else equal epochs with the first arm as the reference. */
  by: ComparisonSpec | null
  /** Oldest first: of several runs of an arm and seed, the oldest counts. */
  runs: RunOfArm[]
}

export interface RunOfArm {
  runId: string
  arm: number
  seed: number
  status: RunStatus
  /** Why the run cannot be read. It is not compared then. */
  unreadable?: string
}

/** Results, some runs at a time. */
export type Batch =
  /** Task of each arm as its runs store it. Runs of one arm differ only in their seed. */
  | { kind: 'tasks'; tasks: [arm: number, task: TaskSpec][] }
  /** Samples that these tasks refer to. */
  | { kind: 'samples'; samples: [sha256: string, values: SampleValues][] }
  | { kind: 'curves'; curves: [runId: string, curve: EpochColumns][] }

/** Collects results, then compares the arms. */
export class ComparisonWork {
  readonly #input: ComparisonInput
  readonly #tasks = new Map<number, TaskSpec>()
  readonly #samples = new Map<string, SampleValues>()
  readonly #curves = new Map<string, EpochColumns>()

  constructor(input: ComparisonInput) {
    this.#input = input
  }

  add(batch: Batch): void {
    if (batch.kind === 'tasks') for (const [arm, task] of batch.tasks) this.#tasks.set(arm, task)
    else if (batch.kind === 'samples') for (const [sha256, values] of batch.samples) this.#samples.set(sha256, values)
    else for (const [runId, curve] of batch.curves) this.#curves.set(runId, curve)
  }

  /** Compares the arms. It takes up to seconds, so it belongs in a worker. */
  compare(): Comparison {
    const { document, by, runs } = this.#input
    const expanded = expandSweep(document)
    const groups = new Map(document.variants.map(({ label, group }) => [label, group]))
    const arms = expanded.ok
      ? expanded.arms.map(({ label, spec: { task, scheme } }) =>
          ({ label, task: task.kind, onDevices: usesDevices(scheme), group: groups.get(label) }))
      : []
    const how = by ?? document.comparison ?? comparisonSchema.parse({})
    const comparison = compareArms(arms, this.#runsToCompare(), how)
    const ofRuns = [...ofDeleted(document, arms.length, runs), ...ofUnreadable(runs)]
    const warnings = [...ofDocument(document, expanded.ok), ...ofRuns, ...comparison.warnings]
    return { ...comparison, warnings }
  }

  #runsToCompare(): RunToCompare[] {
    const baselinesFor = baselinesByArm(this.#tasks, this.#samples)
    return this.#input.runs.map(({ runId, seed, status, arm }) => {
      const curve = this.#curves.get(runId)
      if (!curve) return { runId, arm, seed, status: status === 'failed' ? 'failed' : 'unfinished' }
      return { runId, arm, seed, status: 'done', curve, baselines: baselinesFor(arm, seed) }
    })
  }
}

/** Baselines by arm and seed, computed once for all arms with the same task. */
function baselinesByArm(
  tasks: ReadonlyMap<number, TaskSpec>, samples: ReadonlyMap<string, SampleValues>,
): (arm: number, seed: number) => Baselines {
  const complete = (task: TaskSpec) => {
    const kept = keptNumbers(task)
    return kept === null ? task : withImportedNumbers(task, samples.get(kept.sha256)!)
  }
  const texts = new Map([...tasks].map(([arm, task]) => [arm, JSON.stringify(task)]))
  const known = new Map<string, Map<number, Baselines>>()
  return (arm, seed) => {
    const text = texts.get(arm)!
    const bySeed = known.get(text) ?? new Map<number, Baselines>()
    const baselines = bySeed.get(seed) ?? baselinesOf(complete(tasks.get(arm)!), seed)
    known.set(text, bySeed.set(seed, baselines))
    return baselines
  }
}

function ofDocument({ halving }: Sweep, isKnown: boolean): string[] {
  if (!isKnown) return ['Cannot read the arms of this sweep, because its document has another version.']
  if (halving === null) return []
  return ['Early stopping: arms of different lengths are not comparable, so only runs that finished count.']
}

const ofUnreadable = (runs: readonly RunOfArm[]): string[] =>
  runs.flatMap(({ unreadable }) => (unreadable === undefined ? [] : [`Not compared: ${unreadable}`]))

function ofDeleted({ seeds }: Sweep, arms: number, runs: readonly RunOfArm[]): string[] {
  const present = new Set(runs.map(({ seed, arm }) => `${arm} ${seed}`))
  const deleted = arms * seeds.length - present.size
  return deleted > 0 ? [`${deleted} of the ${arms * seeds.length} runs of this sweep ${deleted === 1 ? 'is' : 'are'} no longer in the library.`] : []
}
