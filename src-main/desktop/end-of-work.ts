import { formatMetric } from '../../src-engine/experiment/metrics.ts'
import { sharedLoss } from '../../src-engine/experiment/task.ts'
import type { RunStatus, RunSummary } from '../contract/run.ts'

/** Shorter work triggers no notification, s. */
const SHORTEST_SECONDS = 10

type Ended = Pick<RunSummary, 'runId' | 'status' | 'secondsComputed' | 'lossLast20' | 'task'>

export interface EndOfWork {
  title: string
  body: string
}

/**
 * Track runs from the queue to their end. Pass every changed run to `update` and the length of the queue to `setQueueLength`.
 * Call `end` after a quiet moment, because nothing runs for a moment between two runs or two rounds of a sweep.
 * It returns a notification about the runs that ended since the last one; null if runs are active or none took over ten seconds.
 */
export function createEndOfWork(): { update(run: Ended): void; setQueueLength(count: number): void; end(): EndOfWork | null } {
  const active = new Set<string>()
  const ended = new Map<string, Ended>()
  let queueLength = 0
  return {
    update(run) {
      const isActive = run.status === 'queued' || run.status === 'running'
      if (isActive) {
        active.add(run.runId)
        ended.delete(run.runId)
      } else if (active.delete(run.runId)) {
        // A change of an ended run, such as a new shelf, does not count as an end.
        ended.set(run.runId, run)
      }
    },
    setQueueLength(count) {
      queueLength = count
    },
    end() {
      if (active.size > 0 || queueLength > 0) return null
      const over = [...ended.values()]
      ended.clear()
      return over.some(({ secondsComputed }) => (secondsComputed ?? 0) > SHORTEST_SECONDS) ? describeEnd(over) : null
    },
  }
}

const statusText = (status: RunStatus) => (status === 'done' ? 'finished' : status)

const order: readonly RunStatus[] = ['done', 'failed', 'stopped', 'paused', 'interrupted']

/** Title such as '5 runs finished, 1 failed', and the best loss as the body if there is one. */
export function describeEnd(runs: readonly Ended[]): EndOfWork {
  const counts = order
    .map((status) => ({ status, count: runs.filter((run) => run.status === status).length }))
    .filter(({ count }) => count > 0)
  const title = counts
    .map(({ status, count }, index) => `${count} ${index > 0 ? '' : count === 1 ? 'run ' : 'runs '}${statusText(status)}`)
    .join(', ')
  const losses = runs.flatMap(({ status, lossLast20 }) => (status === 'done' && Number.isFinite(lossLast20) ? [lossLast20!] : []))
  const loss = sharedLoss(runs.map(({ task }) => task))
  return { title, body: losses.length === 0 ? '' : `Best ${loss.title} (last 20 epochs): ${formatMetric(loss, Math.min(...losses))}` }
}
