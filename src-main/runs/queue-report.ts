import type { QueueState } from '../contract/sweep.ts'
import type { ActiveRun, RunContext } from './active-run.ts'
import type { Estimates } from './estimates.ts'
import { defaultSlots, type RunQueue } from './queue.ts'

/** Shortest time between two events, ms. It grows with the length of the queue, because a long one takes longer to send. */
const INTERVAL_MS = 50
const INTERVAL_MS_PER_RUN = 0.1

interface Options extends Pick<RunContext, 'emit'> {
  queue: RunQueue
  active: ReadonlyMap<string, ActiveRun>
  estimates: Estimates
}

/** Publishes the state of the queue. */
export function createQueueReport({ queue, active, estimates, emit }: Options) {
  let isScheduled = false

  async function state(): Promise<QueueState> {
    const entries = queue.waiting.map(({ id, priority }) => ({ runId: id, priority }))
    const jobs = await Promise.all(entries.map(({ runId }) => active.get(runId)!.remaining()))
    const seconds = jobs.length === 0 ? [] : await estimates.each(jobs, Math.min(queue.slots, active.size))
    return {
      held: queue.held,
      workers: queue.slots,
      cores: defaultSlots(),
      entries: entries.map((entry, index) => ({ ...entry, seconds: seconds[index] ?? null })),
    }
  }

  return {
    state,
    /** Schedules one event for all changes within the interval. */
    publish(): void {
      if (isScheduled) return
      isScheduled = true
      setTimeout(() => {
        isScheduled = false
        // Fails if the library was closed meanwhile. Then there is nothing to publish.
        state().then((now) => emit('queue.changed', now), () => {})
      }, Math.max(INTERVAL_MS, INTERVAL_MS_PER_RUN * queue.waiting.length)).unref()
    },
  }
}
