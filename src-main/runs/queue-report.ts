import type { QueueState } from '../contract/sweep.ts'
import type { ActiveRun, Surroundings } from './active-run.ts'
import type { Estimates } from './estimates.ts'
import { defaultSlots, type RunQueue } from './queue.ts'

/** The queue is told no oftener, ms; a long one, which takes long to tell, less often. */
const TELL_MS = 50
const TELL_MS_PER_RUN = 0.1

interface Options extends Pick<Surroundings, 'emit'> {
  queue: RunQueue
  active: ReadonlyMap<string, ActiveRun>
  estimates: Estimates
}

/** The queue as it is told to those who look on. */
export function createQueueReport({ queue, active, estimates, emit }: Options) {
  let isTelling = false

  async function state(): Promise<QueueState> {
    const entries = queue.waiting.map(({ id, priority }) => ({ runId: id, priority }))
    const jobs = entries.map(({ runId }) => active.get(runId)!.rest)
    const seconds = jobs.length === 0 ? [] : await estimates.each(jobs, Math.min(queue.slots, active.size))
    return {
      held: queue.held,
      workers: queue.slots,
      cores: defaultSlots(),
      entries: entries.map((entry, index) => ({ ...entry, seconds: seconds[index] })),
    }
  }

  return {
    state,
    /** Many changes of one moment are told once. */
    tell(): void {
      if (isTelling) return
      isTelling = true
      setTimeout(() => {
        isTelling = false
        // Of a library that was closed meanwhile there is nothing to tell.
        state().then((now) => emit('queue.changed', now), () => {})
      }, Math.max(TELL_MS, TELL_MS_PER_RUN * queue.waiting.length)).unref()
    },
  }
}
