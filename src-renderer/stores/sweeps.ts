import { defineStore } from 'pinia'
import { computed, shallowReactive } from 'vue'
import type { ComparisonSpec } from '../../src-engine/spec/sweep.ts'
import { call, on } from '../bridge/bridge.ts'
import type { RunSummary, SweepRecord } from '../bridge/bridge.ts'
import { groupedBy } from './grouped.ts'
import { newestFirst } from './newest-first.ts'
import { useRuns } from './runs.ts'

export type { Arm, SweepPlan, SweepRecord, TimeEstimate } from '../bridge/bridge.ts'

/** The kept sweeps, and which runs are theirs. */
export const useSweeps = defineStore('sweeps', () => {
  const runs = useRuns()
  const byId = shallowReactive(new Map<string, SweepRecord>())
  /** Newest first. */
  const records = computed(() => [...byId.values()].sort((a, b) =>
    newestFirst({ runId: a.sweepId, createdAt: a.createdAt }, { runId: b.sweepId, createdAt: b.createdAt })))
  /** Runs by their sweep, newest first. */
  const runsOf = computed(() => groupedBy(runs.summaries.filter(isOfSweep), ({ sweep }) => sweep.sweepId))

  const nameOf = (sweepId: string) => byId.get(sweepId)?.document.name || `Sweep ${sweepId}`
  /** What is different in the run's arm; null for a run of no known sweep. */
  const armOf = ({ sweep }: RunSummary) => (sweep && byId.get(sweep.sweepId)?.arms[sweep.arm]?.label) ?? null

  const connect = async () => {
    on('sweep.changed', ({ sweep }) => { byId.set(sweep.sweepId, sweep) })
    // Another program, or another file in the library's place.
    on('library.changed', () => void list().catch(() => undefined))
    await list()
  }
  const list = async () => {
    const listed = await call('sweeps.list', {})
    const held = new Set(listed.map(({ sweepId }) => sweepId))
    for (const sweepId of byId.keys()) if (!held.has(sweepId)) byId.delete(sweepId)
    for (const sweep of listed) byId.set(sweep.sweepId, sweep)
  }

  return {
    byId, records, runsOf, nameOf, armOf, connect,
    plan: (sweep: unknown, measure: boolean) => call('sweeps.plan', { sweep, measure }),
    /** Goes on with a kept one of the same document, else launches it. */
    takeUp: (sweep: unknown) => call('sweeps.takeUp', { sweep }),
    /** The arms set against each other; null where no such sweep is kept. */
    compare: (sweepId: string, by: ComparisonSpec) => call('sweeps.compare', { sweepId, by }),
    /** Report, tables, figure and runs of its tournament, in a folder that the person chooses; null where none was chosen. */
    exportReport: (sweepId: string, by: ComparisonSpec | null) => call('sweeps.export', { sweepId, by }),
    pause: async (sweepId: string) => { await call('sweeps.pause', { sweepId }) },
    resume: async (sweepId: string) => { await call('sweeps.resume', { sweepId }) },
    stop: async (sweepId: string) => { await call('sweeps.stop', { sweepId }) },
  }
})

type SweepRun = RunSummary & { sweep: NonNullable<RunSummary['sweep']> }
const isOfSweep = (run: RunSummary): run is SweepRun => run.sweep !== null
