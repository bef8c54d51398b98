import { futureLast } from '../../src-engine/format/dates.ts'
import type { RunSummary } from '../bridge/bridge.ts'

type Created = Pick<RunSummary, 'runId' | 'createdAt'>

export const newestFirst = (a: Created, b: Created) =>
  a.createdAt < b.createdAt ? 1 : a.createdAt > b.createdAt ? -1 : a.runId < b.runId ? 1 : a.runId > b.runId ? -1 : 0

/** Items that are sorted newest first, but those that a wrong clock has dated to the future come last. */
export const datedRightFirst = <Item extends { createdAt: string }>(sorted: readonly Item[]): readonly Item[] =>
  futureLast(sorted, ({ createdAt }) => Date.parse(createdAt), Date.now())

/** Insert or replace a run in a list that is sorted newest first. */
export function placed(runs: readonly RunSummary[], run: RunSummary): RunSummary[] {
  const index = placeOf(runs, run)
  return runs.toSpliced(index, runs[index]?.runId === run.runId ? 1 : 0, run)
}

/** Index of the run, or the index to insert it at. */
function placeOf(runs: readonly RunSummary[], run: Created): number {
  let [from, to] = [0, runs.length]
  while (from < to) {
    const middle = (from + to) >>> 1
    if (newestFirst(runs[middle]!, run) < 0) from = middle + 1
    else to = middle
  }
  return from
}
