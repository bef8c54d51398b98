import { compareArms } from '../../src-engine/analysis/compare-arms.ts'
import type { Comparison } from '../../src-engine/analysis/comparison.ts'
import type { RunToCompare } from '../../src-engine/analysis/counted-arm.ts'
import { usesDevices } from '../../src-engine/spec/scheme.ts'
import { type ComparisonSpec, comparisonSchema, type Sweep } from '../../src-engine/spec/sweep.ts'
import type { TaskSpec } from '../../src-engine/spec/task.ts'
import { expandSweep } from '../../src-engine/sweep/expand-sweep.ts'
import type { Baselines } from '../../src-engine/analysis/stability.ts'
import { baselinesOf } from '../../src-engine/task/baselines.ts'
import type { RunSummary } from '../contract/run.ts'
import { type EpochColumns, type Library, LibraryError } from '../library/library.ts'

type Source = Pick<Library, 'sweep' | 'list' | 'outlines' | 'epochColumns'>
type OwnRun = RunSummary & { sweep: NonNullable<RunSummary['sweep']> }

/** Runs whose epochs are read in one request, so that other requests are served in between. */
const RUNS_AT_ONCE = 50

/**
 * Compare the arms of a saved sweep, using its finished runs.
 * @param by how to compare; null uses the sweep's own settings, or else equal epochs with the first arm as the reference
 * @returns null if there is no such sweep
 */
export async function compareSweep(library: Source, sweepId: string, by: ComparisonSpec | null): Promise<Comparison | null> {
  const sweep = await library.sweep(sweepId).catch(nullWhereMissing)
  if (sweep === null) return null
  const { document } = sweep
  const expanded = expandSweep(document)
  const arms = expanded.ok ? expanded.arms.map(({ label, spec }) => ({ label, onDevices: usesDevices(spec.scheme) })) : []
  const all = await library.list()
  // Oldest first: of several runs of an arm and seed, the oldest counts.
  const runs = all.filter((run): run is OwnRun => run.sweep?.sweepId === sweepId).reverse()
  const how = by ?? document.comparison ?? comparisonSchema.parse({})
  const comparison = compareArms(arms, await runsToCompare(library, runs), how)
  const warnings = [...ofDocument(document, expanded.ok), ...ofDeleted(document, arms.length, runs), ...comparison.warnings]
  return { ...comparison, warnings }
}

function nullWhereMissing(error: unknown): null {
  if (error instanceof LibraryError && error.code === 'no-run') return null
  throw error
}

async function runsToCompare(library: Source, runs: readonly OwnRun[]): Promise<RunToCompare[]> {
  const done = runs.filter(({ status }) => status === 'done')
  const baselinesFor = baselinesByArm(await tasksOfArms(library, done))
  const curves = await learningCurvesOf(library, done.map(({ runId }) => runId))
  return runs.map(({ runId, seed, status, sweep: { arm } }) => {
    const curve = curves.get(runId)
    if (!curve) return { runId, arm, seed, status: status === 'failed' ? 'failed' : 'unfinished' }
    return { runId, arm, seed, status: 'done', curve, baselines: baselinesFor(arm, seed) }
  })
}

/** Task of each arm as its runs store it, including imported samples. Runs of one arm differ only in their seed. */
async function tasksOfArms(library: Source, runs: readonly OwnRun[]): Promise<Map<number, TaskSpec>> {
  const oneOfEach = [...new Map(runs.map(({ runId, sweep }) => [sweep.arm, runId])).entries()]
  const outlines = await library.outlines(oneOfEach.map(([, runId]) => runId))
  return new Map(oneOfEach.map(([arm], index) => [arm, outlines[index].spec.task]))
}

/** Baselines by arm and seed, computed once for all arms with the same task. */
function baselinesByArm(tasks: ReadonlyMap<number, TaskSpec>): (arm: number, seed: number) => Baselines {
  const texts = new Map([...tasks].map(([arm, task]) => [arm, JSON.stringify(task)]))
  const known = new Map<string, Map<number, Baselines>>()
  return (arm, seed) => {
    const text = texts.get(arm)!
    const bySeed = known.get(text) ?? new Map<number, Baselines>()
    const baselines = bySeed.get(seed) ?? baselinesOf(tasks.get(arm)!, seed)
    known.set(text, bySeed.set(seed, baselines))
    return baselines
  }
}

async function learningCurvesOf(library: Source, runIds: readonly string[]): Promise<Map<string, EpochColumns>> {
  const curves = new Map<string, EpochColumns>()
  for (let from = 0; from < runIds.length; from += RUNS_AT_ONCE) {
    const some = runIds.slice(from, from + RUNS_AT_ONCE)
    const columns = await library.epochColumns(some)
    some.forEach((runId, index) => curves.set(runId, columns[index]))
  }
  return curves
}

function ofDocument({ halving }: Sweep, isKnown: boolean): string[] {
  if (!isKnown) return ['Cannot read the arms of this sweep, because its document has another version.']
  if (halving === null) return []
  return ['Early stopping: arms of different lengths are not comparable, so only runs that finished count.']
}

function ofDeleted({ seeds }: Sweep, arms: number, runs: readonly OwnRun[]): string[] {
  const present = new Set(runs.map(({ seed, sweep: { arm } }) => `${arm} ${seed}`))
  const deleted = arms * seeds.length - present.size
  return deleted > 0 ? [`${deleted} of the ${arms * seeds.length} runs of this sweep ${deleted === 1 ? 'is' : 'are'} no longer in the library.`] : []
}
