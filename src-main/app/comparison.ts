import type { Comparison } from '../../src-engine/statistics/comparison.ts'
import type { ComparisonSpec } from '../../src-engine/experiment/sweep.ts'
import { keptNumbers, type TaskSpec } from '../../src-engine/experiment/task.ts'
import { type Library, LibraryError } from '../library/library.ts'
import { type Batch, type ComparisonInput, ComparisonWork, type RunOfArm } from './comparison-of.ts'

type Source = Pick<Library, 'sweep' | 'list' | 'outlines' | 'epochColumns' | 'samples'>

/** Compares what the batches hold. */
export type Compare = (input: ComparisonInput, batches: AsyncIterable<Batch>) => Promise<Comparison>

/** Runs that are read in one request, so that other requests are served in between. */
const RUNS_AT_ONCE = 50

/**
 * Compare the arms of a saved sweep, using its finished runs.
 * @param by how to compare; null uses the sweep's own settings, or else equal epochs with the first arm as the reference
 * @param compare where to compare; by default in this thread
 * @returns null if there is no such sweep
 */
export async function compareSweep(
  library: Source, sweepId: string, by: ComparisonSpec | null, compare: Compare = compareHere,
): Promise<Comparison | null> {
  const sweep = await library.sweep(sweepId).catch(nullWhereMissing)
  if (sweep === null) return null
  const listed = await library.list(sweepId)
  const runs = listed.reverse().map(({ runId, seed, status, sweep: own, unreadable }) =>
    ({ runId, seed, status, arm: own!.arm, unreadable }))
  return compare({ sweepId, document: sweep.document, by, runs }, resultsOf(library, runs.filter(isCompared)))
}

const isCompared = ({ status, unreadable }: RunOfArm) => status === 'done' && unreadable === undefined

function nullWhereMissing(error: unknown): null {
  if (error instanceof LibraryError && error.code === 'no-run') return null
  throw error
}

const compareHere: Compare = async (input, batches) => {
  const work = new ComparisonWork(input)
  for await (const batch of batches) work.add(batch)
  return work.compare()
}

async function* resultsOf(library: Source, runs: readonly RunOfArm[]): AsyncGenerator<Batch> {
  /** SHA-256 of the samples that the tasks refer to. */
  const kept = new Set<string>()
  const oneOfEachArm = [...new Map(runs.map((run) => [run.arm, run])).values()]
  for (const some of chunks(oneOfEachArm)) {
    const outlines = await library.outlines(some.map(({ runId }) => runId))
    const tasks = some.map(({ arm }, index): [number, TaskSpec] => [arm, outlines[index]!.spec.task])
    for (const sha256 of tasks.flatMap(([, task]) => keptNumbers(task)?.sha256 ?? [])) kept.add(sha256)
    yield { kind: 'tasks', tasks }
  }
  for (const sha256 of kept) yield { kind: 'samples', samples: [[sha256, await library.samples(sha256)]] }
  for (const some of chunks(runs)) {
    const columns = await library.epochColumns(some.map(({ runId }) => runId))
    yield { kind: 'curves', curves: some.map(({ runId }, index) => [runId, columns[index]!]) }
  }
}

function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let from = 0; from < items.length; from += RUNS_AT_ONCE) yield items.slice(from, from + RUNS_AT_ONCE)
}
