import { defineStore } from 'pinia'
import { computed, getCurrentScope, onScopeDispose, shallowReactive, watch } from 'vue'
import type { ComparisonSpec } from '../../src-engine/experiment/sweep.ts'
import { quoted } from '../../src-engine/query/tree.ts'
import { call, MOST_ROWS, on, RUNS_PER_PAGE } from '../bridge/bridge.ts'
import type { RunSummary, SweepRecord } from '../bridge/bridge.ts'
import { datedRightFirst, newestFirst, placed } from './newest-first.ts'
import { useRuns } from './runs.ts'

export type { Arm, SweepPlan, SweepRecord, TimeEstimate } from '../bridge/bridge.ts'

/** Sweeps of the library, with their runs. */
export const useSweeps = defineStore('sweeps', () => {
  const runs = useRuns()
  const byId = shallowReactive(new Map<string, SweepRecord>())
  /** Newest first; those that a wrong clock has dated to the future come last. */
  const records = computed(() => datedRightFirst([...byId.values()].sort((a, b) =>
    newestFirst({ runId: a.sweepId, createdAt: a.createdAt }, { runId: b.sweepId, createdAt: b.createdAt }))))
  /** Runs of the sweeps that are shown, newest first, by sweep. See `use`. */
  const runsOf = shallowReactive(new Map<string, readonly RunSummary[]>())
  const users = new Set<() => readonly string[]>()
  const inUse = () => new Set([...users].flatMap((sweepIds) => sweepIds()))
  const reading = new Set<string>()
  /** Read the runs of a sweep. A run that changes meanwhile has its event in `byId` of the runs. */
  const read = async (sweepId: string) => {
    if (reading.has(sweepId)) return
    reading.add(sweepId)
    try {
      const listed = await listOf(sweepId)
      runsOf.set(sweepId, listed.map((run) => runs.unfinished.get(run.runId) ?? runs.byId.get(run.runId) ?? run))
    } finally {
      reading.delete(sweepId)
    }
  }
  const readMissing = () => {
    const used = inUse()
    for (const sweepId of runsOf.keys()) if (!used.has(sweepId)) runsOf.delete(sweepId)
    for (const sweepId of used) if (!runsOf.has(sweepId)) read(sweepId).catch(() => undefined)
  }
  /** Keep the runs of these sweeps in `runsOf` until the scope ends. */
  const use = (sweepIds: () => readonly string[]) => {
    users.add(sweepIds)
    watch(sweepIds, readMissing, { immediate: true })
    if (getCurrentScope()) onScopeDispose(() => users.delete(sweepIds))
  }
  watch(() => runs.listings, () => { for (const sweepId of inUse()) read(sweepId).catch(() => undefined) })
  on('run.changed', ({ summary }) => {
    const own = summary.sweep && runsOf.get(summary.sweep.sweepId)
    if (own) runsOf.set(summary.sweep!.sweepId, placed(own, summary))
  })
  on('run.removed', ({ runIds }) => {
    const gone = new Set(runIds)
    for (const [sweepId, own] of runsOf) {
      const left = own.filter(({ runId }) => !gone.has(runId))
      if (left.length < own.length) runsOf.set(sweepId, left)
    }
  })

  const nameOf = (sweepId: string) => byId.get(sweepId)?.document.name || `Sweep ${sweepId}`
  /** Label of the run's arm; null if the run belongs to no known sweep. */
  const armOf = ({ sweep }: RunSummary) => (sweep && byId.get(sweep.sweepId)?.arms[sweep.arm]?.label) ?? null

  const connect = async () => {
    on('sweep.changed', ({ sweep }) => { byId.set(sweep.sweepId, sweep) })
    // Another program changed the library, or its file was replaced.
    on('library.changed', () => void list().catch(() => undefined))
    await list()
  }
  const list = async () => {
    const listed = await call('sweeps.list', {})
    const existing = new Set(listed.map(({ sweepId }) => sweepId))
    for (const sweepId of byId.keys()) if (!existing.has(sweepId)) byId.delete(sweepId)
    for (const sweep of listed) byId.set(sweep.sweepId, sweep)
  }

  /** Numbers of a name of the query language, by run; null where a run has none. */
  const valuesOf = async (sweepId: string, name: string): Promise<ReadonlyMap<string, number | null>> => {
    const query = `sweep = ${quoted(sweepId)}`
    const answer = await call('runs.query', { query, shelf: null, columns: [name], sort: [], groupBy: [], offset: 0, limit: MOST_ROWS })
    if (!answer.ok) throw new Error(answer.error.message)
    return new Map(answer.rows.map(({ runId, cells: [cell] }) => [runId, typeof cell === 'number' ? cell : null]))
  }

  return {
    byId, records, valuesOf, runsOf, use, nameOf, armOf, connect,
    plan: (sweep: unknown, measure: boolean) => call('sweeps.plan', { sweep, measure }),
    /** Compare the arms of a sweep. @returns null if the library has no such sweep */
    compare: (sweepId: string, by: ComparisonSpec) => call('sweeps.compare', { sweepId, by }),
    /** Save the report, tables, figure and runs of a tournament in a folder that the user chooses. @returns null if the user cancelled */
    exportReport: (sweepId: string, by: ComparisonSpec | null) => call('sweeps.export', { sweepId, by }),
    pause: async (sweepId: string) => { await call('sweeps.pause', { sweepId }) },
    resume: async (sweepId: string) => { await call('sweeps.resume', { sweepId }) },
    stop: async (sweepId: string) => { await call('sweeps.stop', { sweepId }) },
  }
})

/** All runs of a sweep, page by page, so that neither process is busy for long. */
async function listOf(sweepId: string): Promise<RunSummary[]> {
  const listed: RunSummary[] = []
  for (;;) {
    const last = listed.at(-1)
    const page = await call('runs.list', { sweepId, ...(last && { after: { createdAt: last.createdAt, runId: last.runId } }) })
    listed.push(...page)
    if (page.length < RUNS_PER_PAGE) return listed
  }
}
