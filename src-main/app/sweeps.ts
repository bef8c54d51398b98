import { homedir } from 'node:os'
import { diskEstimateOfAll, memoryEstimate, sequencesOf } from '../../src-engine/experiment/estimate.ts'
import { expansionOf, type PlannedRun } from '../../src-engine/sweep/expand-sweep.ts'
import type { Comparison } from '../../src-engine/statistics/comparison.ts'
import type { ComparisonSpec, Sweep } from '../../src-engine/experiment/sweep.ts'
import { hiddenProblems } from '../../src-engine/experiment/hidden-characters.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import { taskKind, taskKinds } from '../../src-engine/experiment/task.ts'
import { BadInput } from '../contract/problem.ts'
import type { Arm, SweepPlan, SweepRecord } from '../contract/sweep.ts'
import type { Library } from '../library/library.ts'
import { refuseOverMemory } from '../runs/budget.ts'
import type { Estimates } from '../runs/estimates.ts'
import { warningsOf } from '../../src-engine/experiment/warnings.ts'
import { counted } from '../../src-engine/format/words.ts'
import { roundsOf } from '../../src-engine/sweep/halving.ts'
import type { Sweeps } from '../runs/sweeps.ts'
import { type Compare, compareSweep } from './comparison.ts'
import type { FileAccess } from './file-access.ts'
import { inSlices } from './in-slices.ts'

/** Sweeps, as both front ends use them. */
export interface SweepService {
  /**
   * Plan a sweep without running it.
   * @param measure whether to train a few sequences to estimate the time
   * @param access folder of the document, or which files it may name; by default none
   * @throws BadInput, also if the runs need more memory than this process may have
   */
  plan(document: unknown, measure: boolean, access?: string | FileAccess): Promise<SweepPlan>
  /** Save a sweep and queue all its runs, or none. @returns its id. @throws BadInput */
  start(document: unknown, access?: string | FileAccess): Promise<string>
  /** Saved sweeps, newest first. */
  list(): Promise<SweepRecord[]>
  /** Pause, resume or stop a sweep. Each resolves once all runs have ended or are queued again. */
  pause(sweepId: string): Promise<void>
  resume(sweepId: string): Promise<void>
  stop(sweepId: string): Promise<void>
  /** Wait until this program has no queued or running run of the sweep. */
  finished(sweepId: string): Promise<void>
  /** Compare the arms; `by` null uses the sweep's own settings. Null if there is no such sweep. */
  compare(sweepId: string, by: ComparisonSpec | null): Promise<Comparison | null>
}

interface Options {
  library: Library
  sweeps: Sweeps
  estimates: Estimates
  workers(): number
  /** Compares arms in another thread. */
  compare: Compare
  /** Validate a spec document and embed its signal. @throws BadInput */
  prepare(document: unknown, access: string | FileAccess, onReading: (sentence: string) => void): Promise<Spec>
}

export { isHalved } from '../runs/halve.ts'

const SOURCE = 'The sweep'

const noFiles: FileAccess = { baseDir: homedir(), mayRead: async () => false }

interface Prepared {
  document: Sweep
  arms: Arm[]
  runs: PlannedRun[]
  /** How signals were read, and what the user should know of the experiments, each once. */
  notes: string[]
}

export function createSweepService({ library, sweeps, estimates, workers, prepare, compare }: Options): SweepService {
  async function prepared(document: unknown, access: string | FileAccess): Promise<Prepared> {
    const first = await expandOrRefuse(document, SOURCE)
    refuseHidden(first)
    // Embedded before the final expansion, so that a saved sweep needs no file.
    const readings = new Set<string>()
    const read = (spec: unknown) => prepare(spec, access, (sentence) => readings.add(sentence))
    const { sweep, arms, runs } = readsFile(first.sweep.spec)
      ? await expandOrRefuse({ ...first.sweep, spec: await read(first.sweep.spec) }, SOURCE)
      : first
    // An arm that reads another file starts from what the user wrote, not from the layout of the first file.
    const specs = await Promise.all(arms.map(async ({ spec }, arm) => (lacksData(spec) ? read(first.arms[arm]!.spec) : spec)))
    return {
      document: sweep,
      notes: [...readings, ...await inSlices(warningsOfArms(specs))],
      arms: arms.map(({ label, changes }) => ({ label, changes })),
      runs: runs.map((run) => ({ ...run, spec: { ...specs[run.arm]!, seed: run.seed } })),
    }
  }

  return {
    async plan(document, measure, access = noFiles) {
      const { document: { halving }, arms, runs, notes } = await prepared(document, access)
      refuseOverMemory(runs.map(({ spec }) => spec), [], workers())
      const jobs = runs.map(({ spec }) => ({ spec, sequences: sequencesOf(spec) }))
      const shares = halving ? sharesOf(roundsOf(halving, arms.length, jobs[0]!.spec.training.epochs)) : null
      const done = jobs.map((job, index) => (shares ? { ...job, sequences: job.sequences * shares[runs[index]!.arm]! } : job))
      return {
        arms,
        notes,
        runs: runs.length,
        sequences: Math.round(sum(done.map(({ sequences }) => sequences))),
        disk: diskEstimateOfAll(runs.map(({ spec }) => spec)),
        memory: Math.max(...runs.map(({ spec }) => memoryEstimate(spec))),
        time: await estimates.whole(done, workers(), measure),
      }
    },
    async start(document, access = noFiles) {
      const { document: whole, runs } = await prepared(document, access)
      return sweeps.start(whole, runs)
    },
    list: sweeps.list,
    pause: sweeps.pause,
    resume: sweeps.resume,
    stop: sweeps.stop,
    finished: sweeps.finished,
    compare: (sweepId, by) => compareSweep(library, sweepId, by, compare),
  }
}

/** Expand a sweep document to its arms and runs. @param source what was read, as the user named it. @throws BadInput */
export async function expandOrRefuse(document: unknown, source: string) {
  const result = await inSlices(expansionOf(document))
  if (!result.ok) throw new BadInput(source, result.problems)
  return result
}

/** What the user should know of the experiments of a sweep, each once. */
function* warningsOfArms(specs: readonly Spec[]): Generator<void, string[]> {
  const texts: string[] = []
  for (const spec of specs) {
    texts.push(...warningsOf(spec).map(({ path, message }) => `${path}: ${message}`))
    yield
  }
  return [...Map.groupBy(texts, (text) => text)]
    .map(([text, { length }]) => (length === specs.length ? text : `${text} (${length} of ${counted(specs.length, 'arm')})`))
}

const lacksData = ({ task }: Spec) => taskKind(task).lacksData(task)

/** The names of a new sweep are plain text. Saved ones may have been named before this rule. @throws BadInput */
function refuseHidden({ sweep: { name, spec, variants }, arms }: Pick<Prepared, 'arms'> & { sweep: Sweep }): void {
  const labels = variants.map(({ label }, index) => [`variants.${index}.label`, label])
  const named = hiddenProblems({ name, 'spec.name': spec.name, ...Object.fromEntries(labels) })
  // Other labels are made of the values of the axes.
  const problems = named.length > 0 ? named : arms.flatMap(({ label }) => hiddenProblems({ axes: label })).slice(0, 1)
  if (problems.length > 0) throw new BadInput(SOURCE, problems)
}

/** Whether the task, which is not checked yet, reads a file. */
const readsFile = ({ task }: Sweep['spec']) => typeof task === 'object' && task !== null && 'kind' in task
  && taskKinds.some(({ kind, imports }) => kind === task.kind && imports !== undefined)

/** Share of the epochs that each arm will run, best arm first. Only the sum matters, so it is irrelevant which arms these are. */
function sharesOf(rounds: readonly { arms: number; epochs: number }[]): number[] {
  const epochs = rounds[rounds.length - 1]!.epochs
  return Array.from({ length: rounds[0]!.arms }, (_, place) => {
    const last = rounds.findLast(({ arms }) => place < arms)
    return (last?.epochs ?? rounds[0]!.epochs) / epochs
  })
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
