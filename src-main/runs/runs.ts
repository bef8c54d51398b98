import type { Spec } from '../../src-engine/spec/spec.ts'
import { type LiveFrame, type Progress, type RunDetail, type RunSummary, type WatchedSynapse } from '../contract/run.ts'
import type { Priority, QueueState } from '../contract/sweep.ts'
import { type KeptSweep, newRunId } from '../library/library.ts'
import { ActiveRun, type RunOutline, type Surroundings } from './active-run.ts'
import { refuseOverBudget } from './budget.ts'
import { RunError } from './error.ts'
import type { Estimates } from './estimates.ts'
import { defaultSlots, RunQueue } from './queue.ts'
import { holdAt } from './rounds.ts'
import type { Halt } from './supervisor.ts'

export interface RunsOptions extends Surroundings {
  /** Runs at the same time; by default as many as there are cores. */
  slots?: number
  /** Whether it begins with a queue that is held. */
  held?: boolean
  estimates: Estimates
  /** A run has come to rest, and the library says so. */
  rested(run: RunSummary): void
}

/** A run to be made. */
export interface NewRun {
  spec: Spec
  sweep: RunSummary['sweep']
}

export interface Runs {
  /** @throws BadInput where the library's budget or the disk has no room for it */
  start(spec: Spec): Promise<string>
  /** All or none, with the sweep that they are of. @returns their ids. @throws BadInput where there is no room for them */
  startAll(runs: readonly NewRun[], sweep: KeptSweep | null): Promise<string[]>
  /** A run that has come to rest goes on from its last checkpoint. @throws RunError, LibraryError */
  resume(runId: string): Promise<void>
  /** A new run of the same spec. @returns its id */
  retry(runId: string): Promise<string>
  /** Queued runs that no living process works on are taken up, in their order. @returns their ids */
  adopt(): Promise<string[]>
  /** Both return once the run has come to rest; no effect on a run that already has. @throws RunError for another program's */
  stop(runId: string): Promise<void>
  pause(runId: string): Promise<void>
  /** A paused run counts as stopped from now on, and why. */
  stopPaused(runId: string, reason: RunSummary['error']): Promise<void>
  finished(runId: string): Promise<RunSummary>
  queue(): Promise<QueueState>
  /** Queued runs in this order; those that are not named come behind them. */
  order(runIds: string[]): Promise<void>
  prioritise(runIds: string[], priority: Priority): Promise<void>
  /** Runs at the same time. */
  readonly workers: number
  /** Null for as many as there are cores. */
  setWorkers(workers: number | null): void
  /** What runs goes back into the queue, before all others, with a checkpoint; nothing is begun until `goOn`. */
  hold(): Promise<void>
  goOn(): void
  live(): { progress: Progress; frame: LiveFrame | null }[]
  /** Which synapse the frames of a running run show. */
  observe(runId: string, synapse: WatchedSynapse): void
  /** Queued or running ones of this process. */
  readonly active: string[]
  /** What runs becomes `interrupted`, with a checkpoint; what waits stays queued. */
  close(): Promise<void>
}

const sequencesOf = ({ training, task }: Spec) => training.epochs * task.patterns

/** Beyond so many runs at once, the list as a whole is told to be another. */
const MOST_ANNOUNCED = 50
/** The queue is told no oftener, ms. */
const TELL_MS = 50

/** How a run comes into the queue. */
interface Entering {
  priority?: Priority
  first?: boolean
  /** Whether it is told by itself. */
  announced?: boolean
}

/** Queued and running runs: each is in the library before it is in here, and leaves once its end is kept. */
export function createRuns({ slots = defaultSlots(), held = false, estimates, rested, ...around }: RunsOptions): Runs {
  const { library, environment, emit } = around
  const queue = new RunQueue(slots, { held, changed: () => tellQueue() })
  const active = new Map<string, ActiveRun>()

  /** Many changes of one moment are told once. */
  let isTelling = false
  function tellQueue(): void {
    if (isTelling) return
    isTelling = true
    setTimeout(() => {
      isTelling = false
      state().then((now) => emit('queue.changed', now), () => {})
    }, TELL_MS).unref()
  }

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

  async function start(spec: Spec): Promise<string> {
    const [runId] = await startAll([{ spec, sweep: null }], null)
    return runId
  }

  async function startAll(runs: readonly NewRun[], sweep: KeptSweep | null): Promise<string[]> {
    const waiting = [...active.values()].map((run) => run.spec)
    refuseOverBudget(runs.map(({ spec }) => spec), waiting, await library.usage(), await library.settings())
    const createdAt = new Date().toISOString()
    const made = runs.map((run) => ({ ...run, runId: newRunId(), environment, createdAt, sequences: sequencesOf(run.spec) }))
    await library.createRuns(made, sweep)
    for (const run of made) {
      const outline = { runId: run.runId, sequences: run.sequences, epochsDone: 0, sweep: run.sweep }
      await enqueue(outline, run.spec, { announced: made.length <= MOST_ANNOUNCED })
    }
    if (made.length > MOST_ANNOUNCED) emit('library.changed', {})
    return made.map(({ runId }) => runId)
  }

  async function enqueue(outline: RunOutline, spec: Spec, how: Entering = {}): Promise<void> {
    const { priority = 'normal', first = false, announced = true } = how
    const run = new ActiveRun(outline, spec, await holdAt(library, spec, outline), around)
    active.set(run.runId, run)
    void run.ended.then(() => leave(run.runId))
    queue.add({ id: run.runId, priority }, () => run.execute(), first)
    if (announced) await run.announce()
  }

  async function leave(runId: string): Promise<void> {
    active.delete(runId)
    estimates.forget()
    tellQueue()
    const kept = await library.get(runId).catch(() => null)
    if (kept) rested(kept.summary)
  }

  async function resume(runId: string, how: Entering = {}): Promise<void> {
    const detail = await library.get(runId)
    refuseOtherEngine(detail)
    await library.requeue(runId, new Date().toISOString(), how.first)
    await enqueue(detail.summary, detail.spec, how)
  }

  /** The same spec gives the same bits only in the same engine. */
  function refuseOtherEngine({ summary, environment: began }: RunDetail): void {
    const nothingDone = summary.epochsDone === 0 && summary.checkpoint === null
    if (nothingDone || began.engineDigest === environment.engineDigest) return
    throw new RunError('other-engine', `run ${summary.runId} was begun by another engine (${began.engineDigest.slice(0, 12)}; `
      + `this one is ${environment.engineDigest.slice(0, 12)}), which would go on with other bits; retry starts it anew`)
  }

  async function adopt(): Promise<string[]> {
    const queued = await library.adoptQueued()
    for (const { runId, priority } of queued) await takeUp(runId, priority)
    return queued.map(({ runId }) => runId)
  }

  /** One that cannot go on here rests, and says why; it does not stand in the way of the others. */
  async function takeUp(runId: string, priority: Priority): Promise<void> {
    try {
      const detail = await library.get(runId)
      refuseOtherEngine(detail)
      await enqueue(detail.summary, detail.spec, { priority })
    } catch (error) {
      const { code = 'failed', message } = error as Error & { code?: string }
      const end = { status: 'interrupted', digest: null, secondsPerSequence: null, error: { code, message }, endedAt: new Date().toISOString() } as const
      await library.finishRun(runId, end)
    }
  }

  /** A run that rests is left at that; one that another program works on can only be told there. */
  async function refuseForeign(runId: string): Promise<void> {
    const { summary: { status } } = await library.get(runId)
    if (status !== 'queued' && status !== 'running') return
    throw new RunError('running', `run ${runId} is ${status} in another program; pause or stop it there`)
  }

  async function halt(runId: string, as: Halt): Promise<void> {
    const run = active.get(runId)
    if (!run) return refuseForeign(runId)
    if (queue.remove(runId)) await run.restUnstarted(as)
    else run.halt(as)
    await run.ended
  }

  async function stopPaused(runId: string, reason: RunSummary['error']): Promise<void> {
    const { summary } = await library.get(runId)
    if (summary.status !== 'paused') return
    const { secondsPerSequence } = summary
    await library.finishRun(runId, { status: 'stopped', digest: null, secondsPerSequence, error: reason, endedAt: new Date().toISOString() })
    emit('run.changed', { summary: (await library.get(runId)).summary })
  }

  async function hold(): Promise<void> {
    queue.held = true
    const running = [...active.values()].filter((run) => run.running).map(({ runId }) => runId)
    await Promise.all(running.map((runId) => halt(runId, 'paused')))
    // The first to have begun is the first to go on.
    for (const runId of running.toReversed()) {
      const { summary: { status } } = await library.get(runId)
      if (status === 'paused') await resume(runId, { first: true })
    }
  }

  return {
    start,
    startAll,
    resume: (runId) => resume(runId),
    adopt,
    stopPaused,
    queue: state,
    async order(runIds) {
      queue.order(runIds)
      await library.orderQueue(queue.waiting.map(({ id }) => id))
    },
    async prioritise(runIds, priority) {
      queue.prioritise(runIds, priority)
      await library.prioritise(runIds, priority)
    },
    get workers() { return queue.slots },
    setWorkers: (workers) => { queue.slots = workers ?? slots },
    hold,
    goOn: () => { queue.held = false },
    retry: async (runId) => start((await library.get(runId)).spec),
    stop: (runId) => halt(runId, 'stopped'),
    pause: (runId) => halt(runId, 'paused'),
    async finished(runId) {
      await active.get(runId)?.ended
      return (await library.get(runId)).summary
    },
    observe: (runId, synapse) => active.get(runId)?.observe(synapse),
    live: () => [...active.values()].filter((run) => run.running).map((run) => run.live),
    get active() { return [...active.keys()] },
    async close() {
      // Those that wait first: no place that becomes free may be theirs.
      const waiting = [...active.values()].filter((run) => queue.remove(run.runId))
      await Promise.all(waiting.map((run) => run.release()))
      await Promise.all([...active.keys()].map((runId) => halt(runId, 'interrupted')))
    },
  }
}
