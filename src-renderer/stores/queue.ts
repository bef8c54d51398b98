import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { forecast, type PlannedTimes } from '../../src-engine/sweep/schedule.ts'
import { call, on } from '../bridge/bridge.ts'
import type { Priority, QueueState } from '../bridge/bridge.ts'
import { useRuns } from './runs.ts'

export type { Priority, QueueState } from '../bridge/bridge.ts'

/** The queue, as the main process reports it. */
export const useQueue = defineStore('queue', () => {
  const state = shallowRef<QueueState | null>(null)

  /** Whether the whole queue is paused, so that no queued run starts. */
  const isPaused = computed(() => state.value?.held ?? false)
  const workers = computed(() => state.value?.workers ?? 1)
  const cores = computed(() => state.value?.cores ?? 1)
  const entries = computed(() => state.value?.entries ?? [])

  const runs = useRuns()
  /** Time that each run was expected to take when it was last queued. It stands in until the run's own rate is known. */
  const expected = new Map<string, number | null>()
  const runningTimes = computed(() => runs.running.map(({ runId }) =>
    ({ secondsLeft: runs.progress.get(runId)?.secondsLeft ?? expected.get(runId) ?? null })))
  const plan = computed(() => forecast(runningTimes.value, entries.value, workers.value))
  /** When each queued run starts and ends, in seconds from now. */
  const plannedTimes = computed(() =>
    new Map(entries.value.map(({ runId }, index): [string, PlannedTimes] => [runId, plan.value.planned[index]!])))
  /** Seconds until all running and queued runs have ended; null if a time is unknown or the queue is idle. */
  const secondsLeft = computed(() => (runs.running.length + entries.value.length === 0 ? null : plan.value.secondsLeft))

  const setState = (now: QueueState) => {
    for (const runId of expected.keys()) {
      if (!runs.unfinished.has(runId)) expected.delete(runId)
    }
    for (const { runId, seconds } of now.entries) expected.set(runId, seconds)
    state.value = now
  }

  let hasChanged = false
  /** Subscribe and read the queue. An event that arrives before the answer is newer. */
  const connect = async () => {
    on('queue.changed', (now) => {
      hasChanged = true
      setState(now)
    })
    hasChanged = false
    const answer = await call('queue.get', {})
    if (!hasChanged) setState(answer)
  }

  return {
    state, isPaused, workers, cores, entries, plannedTimes, secondsLeft, connect,
    /** Put these queued runs first, in this order. Other queued runs follow. */
    order: async (runIds: readonly string[]) => { await call('queue.order', { runIds: [...runIds] }) },
    prioritise: async (runIds: readonly string[], priority: Priority) => { await call('queue.prioritise', { runIds: [...runIds], priority }) },
    /** Set the number of parallel runs; 0 is one per core. */
    setWorkers: async (workers: number) => { await call('queue.workers', { workers }) },
    pauseAll: async () => { await call('queue.hold', {}) },
    resumeAll: async () => { await call('queue.release', {}) },
  }
})
