import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { forecast, type Turn } from '../../src-engine/analysis/schedule.ts'
import { call, on } from '../bridge/bridge.ts'
import type { Priority, QueueState } from '../bridge/bridge.ts'
import { useRuns } from './runs.ts'

export type { Priority, QueueState } from '../bridge/bridge.ts'

/** What waits to run and in which order, as the main process tells it. */
export const useQueue = defineStore('queue', () => {
  const state = shallowRef<QueueState | null>(null)

  const held = computed(() => state.value?.held ?? false)
  const workers = computed(() => state.value?.workers ?? 1)
  const cores = computed(() => state.value?.cores ?? 1)
  const entries = computed(() => state.value?.entries ?? [])

  const runs = useRuns()
  const begun = computed(() => runs.running.map(({ runId }) => ({ secondsLeft: runs.progress.get(runId)?.secondsLeft ?? null })))
  const plan = computed(() => forecast(begun.value, entries.value, workers.value))
  /** When each queued run begins and ends. */
  const turns = computed(() => new Map(entries.value.map(({ runId }, index): [string, Turn] => [runId, plan.value.turns[index]])))
  /** Until all that runs and waits has ended, s; null where a time is missing, or where nothing runs or waits. */
  const secondsLeft = computed(() => (runs.running.length + entries.value.length === 0 ? null : plan.value.secondsLeft))

  let told = false
  /** Subscribes first: what is told while the answer is on its way is newer. */
  const connect = async () => {
    on('queue.changed', (now) => {
      told = true
      state.value = now
    })
    told = false
    const answer = await call('queue.get', {})
    if (!told) state.value = answer
  }

  return {
    state, held, workers, cores, entries, turns, secondsLeft, connect,
    /** Of queued runs; those that are not named come behind them. */
    order: async (runIds: readonly string[]) => { await call('queue.order', { runIds: [...runIds] }) },
    prioritise: async (runIds: readonly string[], priority: Priority) => { await call('queue.prioritise', { runIds: [...runIds], priority }) },
    /** Runs at the same time; 0 is as many as there are cores. */
    setWorkers: async (workers: number) => { await call('queue.workers', { workers }) },
    hold: async () => { await call('queue.hold', {}) },
    release: async () => { await call('queue.release', {}) },
  }
})
