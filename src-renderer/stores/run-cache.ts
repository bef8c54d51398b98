import { getCurrentScope, onScopeDispose, shallowReactive, watch } from 'vue'
import { call, type RunSummary } from '../bridge/bridge.ts'

/** Summaries kept besides those in use, the latest ones. */
export const KEPT = 1000
/** Summaries of one answer: a few milliseconds of work for either process. */
const PER_CALL = 1000

type RunIds = () => readonly string[]

/** Summaries of the runs that the window shows. Whoever shows runs says which; others are forgotten when there are too many. */
export function createRunCache() {
  const byId = shallowReactive(new Map<string, RunSummary>())
  const users = new Set<RunIds>()
  /** Runs that the library did not have when they were last asked for. */
  const absent = new Set<string>()
  /** Runs that have changed during each reading. Their events are newer than its answer. */
  const readings = new Set<Set<string>>()

  const inUse = () => new Set([...users].flatMap((runIds) => [...runIds()]))
  const noteChange = (runId: string) => { for (const changed of readings) changed.add(runId) }

  const forgetOthers = () => {
    if (byId.size <= KEPT) return
    const used = inUse()
    let others = byId.size - used.size - KEPT
    for (const runId of byId.keys()) {
      if (others <= 0) return
      if (used.has(runId)) continue
      byId.delete(runId)
      others--
    }
  }
  const put = (summary: RunSummary) => {
    noteChange(summary.runId)
    absent.delete(summary.runId)
    byId.set(summary.runId, summary)
    forgetOthers()
  }
  const drop = (runId: string) => {
    noteChange(runId)
    byId.delete(runId)
  }

  /** Read something, knowing which runs change meanwhile. */
  const reading = async <Answer>(read: (changed: ReadonlySet<string>) => Promise<Answer>): Promise<Answer> => {
    const changed = new Set<string>()
    readings.add(changed)
    try {
      return await read(changed)
    } finally {
      readings.delete(changed)
    }
  }

  /** The stored summaries, but as an event that came meanwhile has them. */
  const fetch = (runIds: readonly string[]): Promise<RunSummary[]> => reading(async (changed) => {
    const all: RunSummary[] = []
    for (let from = 0; from < runIds.length; from += PER_CALL) {
      all.push(...await call('runs.summaries', { runIds: runIds.slice(from, from + PER_CALL) }))
    }
    return all.flatMap((run) => (changed.has(run.runId) ? byId.get(run.runId) ?? [] : [run]))
  })

  /** Summaries of runs in this order, without those that the library does not have. They are not kept. */
  const read = async (runIds: readonly string[]): Promise<RunSummary[]> => {
    const known = new Map(runIds.flatMap((runId) => byId.get(runId) ?? []).map((run) => [run.runId, run]))
    for (const run of await fetch(runIds.filter((runId) => !known.has(runId)))) known.set(run.runId, run)
    return runIds.flatMap((runId) => known.get(runId) ?? [])
  }

  const keep = async (runIds: readonly string[]) => {
    const found = await fetch(runIds)
    for (const runId of runIds) absent.add(runId)
    for (const run of found) {
      absent.delete(run.runId)
      byId.set(run.runId, run)
    }
    forgetOthers()
  }
  const isMissing = (runId: string) => !byId.has(runId) && !absent.has(runId)
  /** Read those of these runs that are not there, before they are in use. */
  const ensure = (runIds: readonly string[]): Promise<void> => keep(runIds.filter(isMissing))

  let loading: Promise<void> | null = null
  const missing = () => [...inUse()].filter(isMissing)
  /** Reads what is used and not there. Runs that are scrolled past while it reads are left out. */
  const load = (): Promise<void> => {
    loading ??= Promise.resolve().then(loadMissing)
    return loading
  }
  const loadMissing = async () => {
    try {
      for (let wanted = missing(); wanted.length > 0; wanted = missing()) {
        await keep(wanted.slice(0, PER_CALL))
      }
    } finally {
      // At once, so that nothing is missed that is used from now on.
      loading = null
    }
  }

  /** Keep the summaries of these runs in `byId` until the scope ends. */
  const use = (runIds: RunIds) => {
    users.add(runIds)
    // An answer that fails is asked for again with the next change. What is wrong with the library, a notice says.
    watch(runIds, () => void load().catch(() => undefined), { immediate: true })
    if (getCurrentScope()) onScopeDispose(() => users.delete(runIds))
  }

  /** Reads all that is used again, and forgets the rest. */
  const reload = async () => {
    absent.clear()
    const before = [...byId]
    const found = new Map((await fetch([...inUse()])).map((run) => [run.runId, run]))
    for (const [runId, run] of before) if (!found.has(runId) && byId.get(runId) === run) byId.delete(runId)
    for (const [runId, run] of found) byId.set(runId, run)
    await load()
  }

  return { byId, put, drop, reading, fetch, read, use, ensure, reload }
}
