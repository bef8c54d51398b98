import type { RunStatus, RunSummary } from '../contract/run.ts'

/** Work that is over sooner is not worth a word, ms. */
const SHORTEST_MS = 10_000

type Ended = Pick<RunSummary, 'runId' | 'status' | 'startedAt' | 'endedAt' | 'mseLast20'>

export interface EndOfWork {
  title: string
  body: string
}

/**
 * Follows runs from queue to rest: `take` is given every run that changes, `wait` how many wait in the queue. `end` is asked when it
 * has been still for a while, since between two runs, and between two rounds of a sweep, nothing runs for a moment; it answers what there
 * is to tell of the runs that have come to rest since, where one of them ran for more than ten seconds, else null.
 */
export function createEndOfWork(): { take(run: Ended): void; wait(count: number): void; end(): EndOfWork | null } {
  const active = new Set<string>()
  const ended = new Map<string, Ended>()
  let waiting = 0
  return {
    take(run) {
      const isActive = run.status === 'queued' || run.status === 'running'
      if (isActive) {
        active.add(run.runId)
        ended.delete(run.runId)
      } else if (active.delete(run.runId)) {
        // What is told of a run at rest, such as a new shelf, is no end of work.
        ended.set(run.runId, run)
      }
    },
    wait(count) {
      waiting = count
    },
    end() {
      if (active.size > 0 || waiting > 0) return null
      const over = [...ended.values()]
      ended.clear()
      return over.some((one) => durationOf(one) > SHORTEST_MS) ? describeEnd(over) : null
    },
  }
}

const durationOf = ({ startedAt, endedAt }: Ended) =>
  (startedAt === null || endedAt === null ? 0 : Date.parse(endedAt) - Date.parse(startedAt))

const order: readonly RunStatus[] = ['done', 'failed', 'stopped', 'paused', 'interrupted']

/** '5 runs done, 1 failed'; the best loss below it, where there is one. */
export function describeEnd(runs: readonly Ended[]): EndOfWork {
  const counts = order
    .map((status) => ({ status, count: runs.filter((run) => run.status === status).length }))
    .filter(({ count }) => count > 0)
  const title = counts
    .map(({ status, count }, index) => (index === 0 ? `${count} ${count === 1 ? 'run' : 'runs'} ${status}` : `${count} ${status}`))
    .join(', ')
  const losses = runs.flatMap(({ status, mseLast20 }) => (status === 'done' && Number.isFinite(mseLast20) ? [mseLast20!] : []))
  return { title, body: losses.length === 0 ? '' : `Best MSE (last 20) ${Math.min(...losses).toPrecision(3)}` }
}
