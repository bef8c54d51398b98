import { sequencesOf } from '../../src-engine/spec/estimate.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { LiveFrame, Progress, RunSummary, WatchedSynapse } from '../contract/run.ts'
import type { Priority, QueueState } from '../contract/sweep.ts'
import { type StoredSweep, newRunIds, type Outline } from '../library/library.ts'
import { ActiveRun, type RunContext, type RunOutline } from './active-run.ts'
import { refuseOverBudget, refuseOverMemory } from './budget.ts'
import { EngineWorkers } from './engine-workers.ts'
import { RunError } from './error.ts'
import type { Estimates } from './estimates.ts'
import { defaultSlots, RunQueue } from './queue.ts'
import { createQueueReport } from './queue-report.ts'
import { holds } from './rounds.ts'
import { fits, refuseOtherEngine } from './same-engine.ts'
import { type Halt, runEnd } from './supervisor.ts'

export interface RunsOptions extends Omit<RunContext, 'workers'> {
  /** Path of the engine worker: `engine.worker.ts` or its bundled path. */
  worker: string | URL
  /** Runs at the same time; one per core by default. */
  slots?: number
  /** Whether the queue starts on hold. */
  held?: boolean
  estimates: Estimates
  /** Called after runs ended or paused and the library has saved that. Null stands for runs without a sweep. */
  onRunsEnded(sweepIds: Set<string | null>): void
}

/** A run to be created. */
export interface NewRun {
  spec: Spec
  sweep: RunSummary['sweep']
}

export interface Runs {
  /** Queues a new run. @returns its id. @throws BadInput if it exceeds the library's size limit or the free disk space */
  start(spec: Spec): Promise<string>
  /** Queues new runs and saves their sweep; all or none. @returns their ids. @throws BadInput if there is not enough space for them */
  startAll(runs: readonly NewRun[], sweep: StoredSweep | null): Promise<string[]>
  /** Queues runs to continue from their last checkpoints; all or none. @throws RunError, LibraryError */
  resume(...runIds: string[]): Promise<void>
  /** Like `resume`, for runs whose round of successive halving is over. */
  enterNextRound(runIds: readonly string[]): Promise<void>
  /** Queues a new run of the same spec. @returns its id */
  retry(runId: string): Promise<string>
  /** Adopts queued runs without a living owner, in their order. @returns their ids */
  adopt(): Promise<string[]>
  /** Stop and pause return when the runs have ended. They skip runs that already have. @throws RunError for runs of another program */
  stop(...runIds: string[]): Promise<void>
  pause(...runIds: string[]): Promise<void>
  /** Changes paused runs to stopped, with a reason. */
  stopPaused(runIds: readonly string[], reason: RunSummary['error']): Promise<void>
  finished(runId: string): Promise<RunSummary>
  queue(): Promise<QueueState>
  /** Puts queued runs in this order. Runs that are not listed follow them. */
  order(runIds: string[]): Promise<void>
  prioritise(runIds: string[], priority: Priority): Promise<void>
  /** Runs at the same time. */
  readonly workers: number
  /** Null means one per core. */
  setWorkers(workers: number | null): void
  /** Returns running runs to the front of the queue with a checkpoint. No run starts until `release`. */
  hold(): Promise<void>
  release(): void
  live(): { progress: Progress; frame: LiveFrame | null }[]
  /** Selects the synapse that the frames of a running run show. */
  observe(runId: string, synapse: WatchedSynapse): void
  /** Whether a queued or running run of this process belongs to the sweep. */
  isActive(sweepId: string): boolean
  /** Ids of this process's queued and running runs. */
  readonly active: string[]
  /** Number of runs that are running and that are queued. */
  activity(): { running: number; queued: number }
  /** Ends running runs with a checkpoint. Waiting runs stay queued, and no other run starts. */
  close(as?: Halt): Promise<void>
}

/** For more runs than this, one event says that the library changed. */
const MOST_ANNOUNCED = 50

/** A stored run that enters the queue. */
interface Entering extends RunOutline {
  spec: Spec
  priority?: Priority
}

/** How runs enter the queue. */
interface Entry {
  /** At the front of the queue. */
  first?: boolean
  /** The round at whose end the runs wait is over. */
  released?: boolean
}

const entering = ({ summary: { runId, sequences, epochsDone, sweep, secondsComputed }, spec }: Outline): Entering =>
  ({ runId, sequences, epochsDone, sweep, secondsComputed, spec })

/** Creates the service of queued and running runs. A run is saved in the library before it enters, and leaves after its end is saved. */
export function createRuns(
  { slots = defaultSlots(), held = false, worker, estimates, onRunsEnded, ...options }: RunsOptions,
): Runs {
  const { library, environment, emit } = options
  const workers = new EngineWorkers(worker)
  const context: RunContext = { ...options, workers }
  const queue: RunQueue = new RunQueue(slots, { held, changed: () => report.publish() })
  const active = new Map<string, ActiveRun>()
  const report = createQueueReport({ queue, active, estimates, emit })

  async function start(spec: Spec): Promise<string> {
    const [runId] = await startAll([{ spec, sweep: null }], null)
    return runId
  }

  async function startAll(runs: readonly NewRun[], sweep: StoredSweep | null): Promise<string[]> {
    const pending = [...active.values()].map((run) => run.spec)
    refuseOverMemory(runs.map(({ spec }) => spec), pending, queue.slots)
    refuseOverBudget(runs.map(({ spec }) => spec), pending, await library.usage(), await library.settings())
    const createdAt = new Date().toISOString()
    const ids = newRunIds(runs.length)
    const made = runs.map((run, index) =>
      ({ ...run, runId: ids[index], environment, createdAt, sequences: sequencesOf(run.spec) }))
    await library.createRuns(made, sweep)
    await enter(made.map(({ runId, sequences, sweep, spec }) =>
      ({ runId, sequences, sweep, spec, epochsDone: 0, secondsComputed: 0 })))
    return made.map(({ runId }) => runId)
  }

  /** Adds runs that the library has as queued to the queue. */
  async function enter(runs: readonly Entering[], { first = false, released = true }: Entry = {}): Promise<void> {
    const holdAt = await holds(library, runs, released)
    const jobs = runs.map(({ spec, priority = 'normal', ...outline }) => {
      const run = new ActiveRun(outline, spec, holdAt({ spec, ...outline }), context)
      active.set(run.runId, run)
      void run.ended.then(() => { if (active.has(run.runId)) leave([run.runId]) })
      return { id: run.runId, priority, run: () => run.execute() }
    })
    queue.add(jobs, first)
    await announce(runs.map(({ runId }) => runId))
  }

  /** Emits the runs' summaries as the library has them now. */
  async function announce(runIds: readonly string[]): Promise<void> {
    if (runIds.length > MOST_ANNOUNCED) return emit('library.changed', {})
    for (const { summary } of await library.outlines([...runIds])) emit('run.changed', { summary })
  }

  /** Removes runs that have ended, and reports it. */
  function leave(runIds: readonly string[]): void {
    const gone = runIds.flatMap((runId) => active.get(runId) ?? [])
    for (const { runId } of gone) active.delete(runId)
    for (const run of gone) run.settle()
    estimates.forget()
    report.publish()
    onRunsEnded(new Set(gone.map(({ sweepId }) => sweepId)))
  }

  async function resume(runIds: readonly string[], how: Entry): Promise<void> {
    const outlines = await library.outlines([...runIds])
    for (const outline of outlines) refuseOtherEngine(outline, environment)
    await library.requeue([...runIds], new Date().toISOString(), how.first)
    await enter(outlines.map(entering), how)
  }

  async function adopt(): Promise<string[]> {
    const queued = await library.adoptQueued()
    const runIds = queued.map(({ runId }) => runId)
    const priorities = new Map(queued.map(({ runId, priority }) => [runId, priority]))
    const outlines = await resumableOutlines(runIds)
    await enter(outlines.map((outline) => ({ ...entering(outline), priority: priorities.get(outline.summary.runId) })))
    return runIds
  }

  /** Outlines of the runs that can resume here. Each other run becomes interrupted with a reason, so that it does not block the rest. */
  async function resumableOutlines(runIds: string[]): Promise<Outline[]> {
    const all = await library.outlines(runIds).catch(() => null)
    if (all?.every((outline) => fits(outline, environment))) return all
    const each = await Promise.all(runIds.map((runId) => outlineOrInterrupt(runId)))
    return each.filter((outline) => outline !== null)
  }

  async function outlineOrInterrupt(runId: string): Promise<Outline | null> {
    try {
      const [outline] = await library.outlines([runId])
      refuseOtherEngine(outline, environment)
      return outline
    } catch (error) {
      const { code = 'failed', message } = error as Error & { code?: string }
      const end = runEnd('interrupted', { error: { code, message } })
      await library.finishRun(runId, { ...end, endedAt: new Date().toISOString() })
      return null
    }
  }

  /** Runs that have ended need no action. Only their own program can pause or stop the others. @throws RunError */
  async function refuseForeign(runIds: string[]): Promise<void> {
    for (const { summary: { runId, status } } of await library.outlines(runIds)) {
      if (status !== 'queued' && status !== 'running') continue
      throw new RunError('running', `Run ${runId} is ${status} in another program. Pause or stop it there.`)
    }
  }

  /** Halts waiting runs first, so that none of them starts when a running one ends. */
  async function halt(runIds: readonly string[], as: Halt): Promise<void> {
    const foreign = runIds.filter((runId) => !active.has(runId))
    if (foreign.length > 0) await refuseForeign(foreign)
    const own = runIds.filter((runId) => active.has(runId))
    const waiting = queue.remove(own)
    if (waiting.length > 0) await endUnstarted(waiting, as)
    const running = own.flatMap((runId) => active.get(runId) ?? [])
    for (const run of running) run.halt(as)
    await Promise.all(running.map((run) => run.ended))
  }

  /** Ends runs that were removed from the queue before they started. */
  async function endUnstarted(runIds: string[], as: Halt): Promise<void> {
    try {
      await library.finishRuns(runIds, { ...runEnd(as), endedAt: new Date().toISOString() })
    } catch {
      // One by one: each reports why its end could not be saved, and retries if the cause may pass.
      const runs = runIds.flatMap((runId) => active.get(runId) ?? [])
      await Promise.all(runs.map((run) => run.endUnstarted(as)))
      return
    }
    await announce(runIds)
    leave(runIds)
  }

  async function stopPaused(runIds: readonly string[], reason: RunSummary['error']): Promise<void> {
    for (const { summary } of await library.outlines([...runIds])) {
      if (summary.status !== 'paused') continue
      const end = runEnd('stopped', { secondsPerSequence: summary.secondsPerSequence, error: reason })
      await library.finishRun(summary.runId, { ...end, endedAt: new Date().toISOString() })
    }
    await announce(runIds)
  }

  async function hold(): Promise<void> {
    queue.held = true
    const running = [...active.values()].filter((run) => run.running).map(({ runId }) => runId)
    await halt(running, 'paused')
    const paused = (await library.outlines(running)).filter(({ summary }) => summary.status === 'paused')
    if (paused.length > 0) await resume(paused.map(({ summary }) => summary.runId), { first: true, released: false })
  }

  return {
    start,
    startAll,
    resume: (...runIds) => resume(runIds, { released: false }),
    enterNextRound: (runIds) => resume(runIds, { released: true }),
    adopt,
    stopPaused,
    queue: report.state,
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
    release: () => { queue.held = false },
    async retry(runId) {
      const [{ summary: { status, sweep }, spec }] = await library.outlines([runId])
      // A failed run left a gap in its sweep. Any other run already counts there.
      const [newId] = await startAll([{ spec, sweep: status === 'failed' ? sweep : null }], null)
      return newId
    },
    stop: (...runIds) => halt(runIds, 'stopped'),
    pause: (...runIds) => halt(runIds, 'paused'),
    async finished(runId) {
      await active.get(runId)?.ended
      return (await library.outlines([runId]))[0].summary
    },
    observe: (runId, synapse) => active.get(runId)?.observe(synapse),
    live: () => [...active.values()].filter((run) => run.running).map((run) => run.live),
    isActive: (sweepId) => [...active.values()].some((run) => run.sweepId === sweepId),
    get active() { return [...active.keys()] },
    activity() {
      const running = [...active.values()].filter((run) => run.running).length
      return { running, queued: active.size - running }
    },
    async close(as = 'interrupted') {
      queue.held = true
      const waiting = queue.remove([...active.keys()])
      // The disk may be full. Another program can also take over the queued runs of a process that has ended.
      if (waiting.length > 0) await library.release(waiting).catch(() => {})
      leave(waiting)
      await halt([...active.keys()], as)
      await workers.close()
    },
  }
}
