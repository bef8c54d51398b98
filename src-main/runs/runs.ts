import { sequencesOf } from '../../src-engine/experiment/estimate.ts'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { LiveFrame, Progress, RunSummary, WatchedSynapse } from '../contract/run.ts'
import type { Priority, QueueState } from '../contract/sweep.ts'
import { type StoredSweep, LibraryError, newRunIds, type Outline } from '../library/library.ts'
import { ActiveRun, type RunContext, type RunOutline } from './active-run.ts'
import { memoryShortage, refuseOverBudget, refuseOverMemory } from './budget.ts'
import { EngineWorkers } from './engine-workers.ts'
import { RunError } from './error.ts'
import type { Estimates } from './estimates.ts'
import type { SweepRun, Verdict } from './halve.ts'
import { isPassing, Patience, RetryTurns } from './patience.ts'
import { defaultSlots, RunQueue } from './queue.ts'
import { createQueueReport } from './queue-report.ts'
import { limitsOf } from './rounds.ts'
import { fits, otherEngine, refuseOtherEngine } from './same-engine.ts'
import { type Halt, runEnd } from './supervisor.ts'

export interface RunsOptions extends Pick<RunContext, 'library' | 'kernels' | 'environment' | 'emit'> {
  /** Path of the engine worker: `engine.worker.ts` or its bundled path. */
  worker: string | URL
  /** Time between two attempts to use a full disk or a locked library, ms. */
  retryMs?: number
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
  /** Queues runs to continue from their last checkpoints; all or none. @throws RunError, LibraryError, BadInput if there is not enough memory */
  resume(...runIds: string[]): Promise<void>
  /** Queues a new run of the same spec. @returns its id */
  retry(runId: string): Promise<string>
  /** Adopts queued runs without a living owner, in their order. Those that cannot run here end as interrupted. @returns the ids of all */
  adopt(): Promise<string[]>
  /** Stop and pause return when the runs have ended. They skip runs that already have. @throws RunError for runs of another program */
  stop(...runIds: string[]): Promise<void>
  pause(...runIds: string[]): Promise<void>
  /** Stops paused runs of a sweep and queues others again; all or none. Resolves to false if a run is not as it was seen. */
  endRound(sweepId: string, seen: readonly SweepRun[], verdict: Verdict): Promise<boolean>
  /** The result of a call to the library. Waits while the library is locked or the disk is full, until `close`. */
  patiently<Result>(call: () => Promise<Result>): Promise<Result>
  finished(runId: string): Promise<RunSummary>
  queue(): Promise<QueueState>
  /** Puts queued runs in this order. Runs that are not listed follow them. */
  order(runIds: string[]): Promise<void>
  prioritise(runIds: string[], priority: Priority): Promise<void>
  /** Runs a job that is not a run in the place of a worker, once no queued run needs it. */
  asGuest<Result>(job: () => Promise<Result>): Promise<Result>
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
  /** Ids of this process's queued and running runs of the sweep. */
  activeOf(sweepId: string): string[]
  /** Whether `close` was called. Then no round is ended any more. */
  readonly closing: boolean
  /** Ids of this process's queued and running runs. */
  readonly active: string[]
  /** Number of runs that are running and that are queued. */
  activity(): { running: number; queued: number }
  /**
   * Ends running runs with a checkpoint: runs of a sweep are interrupted, and others end with the given status. Waiting runs stay
   * queued, and no other run starts.
   */
  close(as?: Halt): Promise<void>
}

/** For more runs than this, one event says that the library changed. */
const MOST_ANNOUNCED = 50

/** A stored run that enters the queue. */
interface Entering extends RunOutline {
  spec: Spec
  priority?: Priority
}

const entering = ({ summary: { runId, sequences, epochsDone, sweep, secondsComputed }, spec }: Outline): Entering =>
  ({ runId, sequences, epochsDone, sweep, secondsComputed, spec })

/** Creates the service of queued and running runs. A run is saved in the library before it enters, and leaves after its end is saved. */
export function createRuns(
  { slots = defaultSlots(), held = false, worker, estimates, onRunsEnded, retryMs, ...options }: RunsOptions,
): Runs {
  const { library, environment, emit } = options
  const workers = new EngineWorkers(worker)
  const turns = new RetryTurns(retryMs)
  const noticeOf = (waits: 'queue' | 'ends', waiting: string, resumed: string) => (reason: string | null) => {
    const message = reason === null ? resumed : `${reason} ${waiting}`
    emit('library.notice', { level: reason === null ? 'info' : 'warning', message, waits })
  }
  const patience = new Patience(turns, noticeOf('queue', 'The queue is waiting and will resume automatically.', 'The queue has resumed.'))
  /** Saves ends of runs that nobody waits for. */
  const later = new Patience(turns, noticeOf('ends', 'The ends of some runs will be saved automatically.', 'The ends of all runs are saved.'))
  const context: RunContext = { ...options, workers, turns, announce, saveLater }
  const queue: RunQueue = new RunQueue(slots, { held, changed: () => report.publish() })
  const active = new Map<string, ActiveRun>()
  const report = createQueueReport({ queue, active, estimates, emit })
  let closing = false

  const patiently = <Result>(call: () => Promise<Result>) => patience.until(call)
  const pendingSpecs = () => [...active.values()].map((run) => run.spec)

  async function start(spec: Spec): Promise<string> {
    const [runId] = await startAll([{ spec, sweep: null }], null)
    return runId!
  }

  async function startAll(runs: readonly NewRun[], sweep: StoredSweep | null): Promise<string[]> {
    const pending = pendingSpecs()
    refuseOverMemory(runs.map(({ spec }) => spec), pending, queue.slots)
    refuseOverBudget(runs.map(({ spec }) => spec), pending, await library.usage(), await library.settings())
    const createdAt = new Date().toISOString()
    const ids = newRunIds(runs.length)
    const made = runs.map((run, index) =>
      ({ ...run, runId: ids[index]!, environment, createdAt, sequences: sequencesOf(run.spec) }))
    await library.createRuns(made, sweep)
    await enter(made.map(({ runId, sequences, sweep, spec }) =>
      ({ runId, sequences, sweep, spec, epochsDone: 0, secondsComputed: 0 })))
    return made.map(({ runId }) => runId)
  }

  /** Adds runs that the library has as queued to the queue. They are in it when this returns. */
  function enter(runs: readonly Entering[], first = false): Promise<void> {
    const limitOf = limitsOf(library)
    const jobs = runs.map(({ spec, priority = 'normal', ...outline }) => {
      const run = new ActiveRun(outline, spec, limitOf, context)
      active.set(run.runId, run)
      // It may have been resumed since its end was saved.
      void run.ended.then(() => { if (active.get(run.runId) === run) leave([run.runId]) })
      return { id: run.runId, priority, run: () => run.execute() }
    })
    queue.add(jobs, first)
    return announce(runs.map(({ runId }) => runId))
  }

  async function announce(runIds: readonly string[]): Promise<void> {
    const outlines = runIds.length > MOST_ANNOUNCED ? null : await library.outlines([...runIds]).catch(() => null)
    if (outlines === null) return emit('library.changed', {})
    for (const { summary } of outlines) emit('run.changed', { summary })
  }

  function saveLater(run: ActiveRun, save: () => Promise<void>): void {
    void saveAllLater([run], save)
  }

  /**
   * Saves the end of runs that were removed from the queue or have ended, once the library can be written again. If the program closes
   * before, the next one finds them as interrupted, or takes them over.
   */
  async function saveAllLater(runs: readonly ActiveRun[], save: () => Promise<void>): Promise<void> {
    if (closing && turns.isBlocked) return
    try {
      await later.until(save)
      await announce(runs.map(({ runId }) => runId))
      onRunsEnded(sweepsOf(runs))
    } catch (error) {
      if (closing) return
      const message = `Could not save the end of run ${runs.map(({ runId }) => runId).join(', ')}. ${(error as Error).message}`
      emit('library.notice', { level: 'error', message })
    }
  }

  const sweepsOf = (runs: readonly ActiveRun[]) => new Set(runs.map(({ sweep }) => sweep?.sweepId ?? null))

  /** Removes runs that have ended, and reports it. */
  function leave(runIds: readonly string[]): void {
    const gone = runIds.flatMap((runId) => active.get(runId) ?? [])
    for (const { runId } of gone) active.delete(runId)
    for (const run of gone) run.settle()
    estimates.forget()
    report.publish()
    onRunsEnded(sweepsOf(gone))
  }

  /** The user waits, so a locked library refuses this. Nothing has changed then. */
  async function resume(runIds: readonly string[]): Promise<void> {
    const outlines = await library.outlines([...runIds])
    for (const outline of outlines) refuseOtherEngine(outline, environment)
    refuseOverMemory(outlines.map(({ spec }) => spec), pendingSpecs(), queue.slots)
    await library.requeue([...runIds], new Date().toISOString())
    // In the same order as the library: runs that were cut off had started before all that wait.
    const wasCutOff = ({ summary }: Outline) => summary.status === 'interrupted'
    await enter(outlines.filter(wasCutOff).map(entering), true)
    await enter(outlines.filter((outline) => !wasCutOff(outline)).map(entering))
  }

  async function adopt(): Promise<string[]> {
    const queued = await patiently(() => library.adoptQueued())
    const runIds = queued.map(({ runId }) => runId)
    const priorities = new Map(queued.map(({ runId, priority }) => [runId, priority]))
    const outlines = await readOutlines(runIds, 'interrupted')
    const { own, refused } = admit(outlines)
    for (const [runId, error] of refused) await endUnread(runId, 'interrupted', error)
    await enter(own.map((outline) => ({ ...entering(outline), priority: priorities.get(outline.summary.runId) })))
    return runIds
  }

  /** Divides runs into those that can run here, and those that cannot, with the reason. */
  function admit(outlines: readonly Outline[]): { own: Outline[]; refused: [runId: string, error: RunError][] } {
    const pending = pendingSpecs()
    const shortageOf = (some: readonly Outline[], beside: readonly Outline[]) =>
      memoryShortage(some.map(({ spec }) => spec), [...pending, ...beside.map(({ spec }) => spec)], queue.slots)
    const [own, others] = [outlines.filter((one) => fits(one, environment)), outlines.filter((one) => !fits(one, environment))]
    const refused = others.map((one): [string, RunError] => [one.summary.runId, otherEngine(one, environment)])
    if (shortageOf(own, []) === null) return { own, refused }
    const fitting: Outline[] = []
    for (const one of own) {
      const { runId } = one.summary
      const shortage = shortageOf([one], fitting)
      if (shortage === null) fitting.push(one)
      else refused.push([runId, new RunError('no-room', `Run ${runId} was not started: ${shortage}.`)])
    }
    return { own: fitting, refused }
  }

  /** Outlines of runs. A run that cannot be read ends with the reason, so that it does not block the rest. */
  async function readOutlines(runIds: readonly string[], otherwise: 'interrupted' | 'failed'): Promise<Outline[]> {
    const read = (some: readonly string[]) => patiently(() => library.outlines([...some])).catch(unlessOfRun)
    const all = await read(runIds)
    if (!(all instanceof Error)) return all
    const outlines: Outline[] = []
    for (const runId of runIds) {
      const one = await read([runId])
      if (one instanceof Error) await endUnread(runId, otherwise, one)
      else outlines.push(...one)
    }
    return outlines
  }

  async function endUnread(runId: string, as: 'interrupted' | 'failed', error: Error & { code?: string }): Promise<void> {
    const { code = 'failed', message } = error
    const end = { ...runEnd(as, { error: { code, message } }), endedAt: new Date().toISOString() }
    await patiently(() => library.finishRun(runId, end))
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

  /** Ends runs that were removed from the queue before they started. The user does not wait for a locked library. */
  async function endUnstarted(runIds: string[], as: Halt): Promise<void> {
    const runs = runIds.flatMap((runId) => active.get(runId) ?? [])
    const end = { ...runEnd(as), endedAt: new Date().toISOString() }
    const save = () => library.finishRuns(runIds, end)
    let isSaved = false
    try {
      if (!turns.isBlocked) isSaved = await save().then(() => true)
    } catch (error) {
      // One by one, because one of them may be the cause: each reports why its end could not be saved.
      if (!isPassing(error)) return void await Promise.all(runs.map((run) => run.endUnstarted(as)))
    }
    if (isSaved) await announce(runIds)
    else void saveAllLater(runs, save)
    leave(runIds)
  }

  async function endRound(sweepId: string, seen: readonly SweepRun[], { stop, advance }: Verdict): Promise<boolean> {
    const outlines = await readOutlines(advance, 'failed')
    if (outlines.length < advance.length) return false
    for (const outline of outlines) refuseOtherEngine(outline, environment)
    const known = seen.map(({ runId, status, epochsDone }) => ({ runId, status, epochsDone }))
    const end = { seen: known, stop, advance, at: new Date().toISOString() }
    if (!await patiently(() => library.endRound(sweepId, end))) return false
    await Promise.all([enter(outlines.map(entering)), announce(stop.map(({ runId }) => runId))])
    return true
  }

  async function hold(): Promise<void> {
    queue.held = true
    const running = [...active.values()].filter((run) => run.running).map(({ runId }) => runId)
    await halt(running, 'paused')
    await queueFirst(running)
  }

  /** Puts paused runs at the front of the queue. */
  async function queueFirst(runIds: readonly string[]): Promise<void> {
    const halted = await unfinishedOf(runIds)
    if (halted.length === 0) return
    const paused = halted.map(({ summary }) => summary.runId)
    try {
      await patiently(() => library.requeue(paused, new Date().toISOString(), true))
    } catch (error) {
      // One of them has entered the next round of its sweep meanwhile.
      if (error instanceof LibraryError && error.code === 'busy') return queueFirst(runIds)
      throw error
    }
    await enter(halted.map(entering), true)
  }

  /** Paused runs, without those that have nothing to do because they wait for the others of their round. */
  async function unfinishedOf(runIds: readonly string[]): Promise<Outline[]> {
    const limitOf = limitsOf(library)
    const unfinished: Outline[] = []
    for (const outline of await patiently(() => library.outlines([...runIds]))) {
      const { summary: { runId, sweep, status, epochsDone }, spec } = outline
      const limit = await patiently(() => limitOf({ runId, sweep, spec })) ?? Infinity
      if (status === 'paused' && epochsDone * spec.task.patterns < limit) unfinished.push(outline)
    }
    return unfinished
  }

  return {
    start,
    startAll,
    resume: (...runIds) => resume(runIds),
    adopt,
    endRound,
    patiently,
    queue: report.state,
    async order(runIds) {
      queue.order(runIds)
      await library.orderQueue(queue.waiting.map(({ id }) => id))
    },
    async prioritise(runIds, priority) {
      queue.prioritise(runIds, priority)
      await library.prioritise(runIds, priority)
    },
    asGuest: (job) => queue.asGuest(job),
    get workers() { return queue.slots },
    setWorkers: (workers) => { queue.slots = workers ?? slots },
    hold,
    release: () => { queue.held = false },
    async retry(runId) {
      const [outline] = await library.outlines([runId])
      const { summary: { status, sweep }, spec } = outline!
      // A failed run left a gap in its sweep. Any other run already counts there.
      const [newId] = await startAll([{ spec, sweep: status === 'failed' ? sweep : null }], null)
      return newId!
    },
    stop: (...runIds) => halt(runIds, 'stopped'),
    pause: (...runIds) => halt(runIds, 'paused'),
    async finished(runId) {
      await active.get(runId)?.ended
      return (await patiently(() => library.outlines([runId])))[0]!.summary
    },
    observe: (runId, synapse) => active.get(runId)?.observe(synapse),
    live: () => [...active.values()].filter((run) => run.running).map((run) => run.live),
    isActive: (sweepId) => [...active.values()].some((run) => run.sweep?.sweepId === sweepId),
    activeOf: (sweepId) => [...active.values()].filter((run) => run.sweep?.sweepId === sweepId).map(({ runId }) => runId),
    get closing() { return closing },
    get active() { return [...active.keys()] },
    activity() {
      const running = [...active.values()].filter((run) => run.running).length
      return { running, queued: active.size - running }
    },
    async close(as = 'interrupted') {
      closing = true
      queue.held = true
      patience.giveUp()
      later.giveUp()
      const waiting = queue.remove([...active.keys()])
      // The disk may be full. Another program can also take over the queued runs of a process that has ended.
      if (waiting.length > 0 && !turns.isBlocked) await library.release(waiting).catch(() => {})
      leave(waiting)
      const { sweep: ofSweeps = [], single = [] } = Object.groupBy(active.values(), ({ sweep }) => (sweep === null ? 'single' : 'sweep'))
      await Promise.all([halt(ofSweeps.map(({ runId }) => runId), 'interrupted'), halt(single.map(({ runId }) => runId), as)])
      await workers.close()
    },
  }
}

/** The error of a run that cannot be read. @throws the error if the library cannot be used at all now */
function unlessOfRun(error: Error): Error {
  const isOfLibrary = error instanceof LibraryError && (error.code === 'closed' || error.code === 'worker-ended')
  if (isOfLibrary || isPassing(error)) throw error
  return error
}
