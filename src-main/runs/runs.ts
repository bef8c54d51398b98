import { sequencesOf } from '../../src-engine/spec/estimate.ts'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { LiveFrame, Progress, RunSummary, WatchedSynapse } from '../contract/run.ts'
import type { Priority, QueueState } from '../contract/sweep.ts'
import { type KeptSweep, newRunIds, type Outline } from '../library/library.ts'
import { ActiveRun, type RunOutline, type Surroundings } from './active-run.ts'
import { refuseOverBudget } from './budget.ts'
import { RunError } from './error.ts'
import type { Estimates } from './estimates.ts'
import { defaultSlots, RunQueue } from './queue.ts'
import { createQueueReport } from './queue-report.ts'
import { holds } from './rounds.ts'
import { fits, refuseOtherEngine } from './same-engine.ts'
import { type Halt, runEnd } from './supervisor.ts'

export interface RunsOptions extends Surroundings {
  /** Runs at the same time; by default as many as there are cores. */
  slots?: number
  /** Whether it begins with a queue that is held. */
  held?: boolean
  estimates: Estimates
  /** Runs of these sweeps, or of none, have come to rest, and the library says so. */
  rested(sweepIds: Set<string | null>): void
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
  /** Runs that have come to rest go on from their last checkpoints; all or none. @throws RunError, LibraryError */
  resume(...runIds: string[]): Promise<void>
  /** As `resume`, for runs whose round of successive halving is over. */
  enterNextRound(runIds: readonly string[]): Promise<void>
  /** A new run of the same spec. @returns its id */
  retry(runId: string): Promise<string>
  /** Queued runs that no living process works on are taken up, in their order. @returns their ids */
  adopt(): Promise<string[]>
  /** Both return once the runs have come to rest; no effect on those that already have. @throws RunError for another program's */
  stop(...runIds: string[]): Promise<void>
  pause(...runIds: string[]): Promise<void>
  /** Paused runs count as stopped from now on, and why. */
  stopPaused(runIds: readonly string[], reason: RunSummary['error']): Promise<void>
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

/** Beyond so many runs at once, the list as a whole is told to be another. */
const MOST_ANNOUNCED = 50

/** A kept run as it comes into the queue. */
interface Entering extends RunOutline {
  spec: Spec
  priority?: Priority
}

/** How runs come into the queue: before all others, or last; with the round they stand at the end of behind them, or not. */
interface Entry {
  first?: boolean
  released?: boolean
}

const entering = ({ summary: { runId, sequences, epochsDone, sweep }, spec }: Outline): Entering =>
  ({ runId, sequences, epochsDone, sweep, spec })

/** Queued and running runs: each is in the library before it is in here, and leaves once its end is kept. */
export function createRuns({ slots = defaultSlots(), held = false, estimates, rested, ...around }: RunsOptions): Runs {
  const { library, environment, emit } = around
  const queue: RunQueue = new RunQueue(slots, { held, changed: () => report.tell() })
  const active = new Map<string, ActiveRun>()
  const report = createQueueReport({ queue, active, estimates, emit })

  async function start(spec: Spec): Promise<string> {
    const [runId] = await startAll([{ spec, sweep: null }], null)
    return runId
  }

  async function startAll(runs: readonly NewRun[], sweep: KeptSweep | null): Promise<string[]> {
    const waiting = [...active.values()].map((run) => run.spec)
    refuseOverBudget(runs.map(({ spec }) => spec), waiting, await library.usage(), await library.settings())
    const createdAt = new Date().toISOString()
    const ids = newRunIds(runs.length)
    const made = runs.map((run, index) =>
      ({ ...run, runId: ids[index], environment, createdAt, sequences: sequencesOf(run.spec) }))
    await library.createRuns(made, sweep)
    await enter(made.map(({ runId, sequences, sweep, spec }) => ({ runId, sequences, sweep, spec, epochsDone: 0 })))
    return made.map(({ runId }) => runId)
  }

  /** What is kept as queued comes into the queue. */
  async function enter(runs: readonly Entering[], { first = false, released = true }: Entry = {}): Promise<void> {
    const holdAt = await holds(library, runs, released)
    // The last of them first where each goes before all others.
    for (const { spec, priority = 'normal', ...outline } of first ? runs.toReversed() : runs) {
      const run = new ActiveRun(outline, spec, holdAt({ spec, ...outline }), around)
      active.set(run.runId, run)
      void run.ended.then(() => { if (active.has(run.runId)) leave([run.runId]) })
      queue.add({ id: run.runId, priority }, () => run.execute(), first)
    }
    await announce(runs.map(({ runId }) => runId))
  }

  /** Tells how the library now describes them. */
  async function announce(runIds: readonly string[]): Promise<void> {
    if (runIds.length > MOST_ANNOUNCED) return emit('library.changed', {})
    for (const { summary } of await library.outlines([...runIds])) emit('run.changed', { summary })
  }

  /** Nothing more is done for them here. */
  function leave(runIds: readonly string[]): void {
    const gone = runIds.flatMap((runId) => active.get(runId) ?? [])
    for (const { runId } of gone) active.delete(runId)
    for (const run of gone) run.leave()
    estimates.forget()
    report.tell()
    rested(new Set(gone.map(({ sweepId }) => sweepId)))
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
    const outlines = await fitOutlines(runIds)
    await enter(outlines.map((outline) => ({ ...entering(outline), priority: priorities.get(outline.summary.runId) })))
    return runIds
  }

  /** Of those that can go on here; the others rest, and say why: one does not stand in the way of the others. */
  async function fitOutlines(runIds: string[]): Promise<Outline[]> {
    const all = await library.outlines(runIds).catch(() => null)
    if (all?.every((outline) => fits(outline, environment))) return all
    const each = await Promise.all(runIds.map((runId) => outlineOrRest(runId)))
    return each.filter((outline) => outline !== null)
  }

  async function outlineOrRest(runId: string): Promise<Outline | null> {
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

  /** A run that rests is left at that; one that another program works on can only be told there. */
  async function refuseForeign(runIds: string[]): Promise<void> {
    for (const { summary: { runId, status } } of await library.outlines(runIds)) {
      if (status !== 'queued' && status !== 'running') continue
      throw new RunError('running', `run ${runId} is ${status} in another program; pause or stop it there`)
    }
  }

  /** Those that wait first: no place that becomes free may be theirs. */
  async function halt(runIds: readonly string[], as: Halt): Promise<void> {
    const foreign = runIds.filter((runId) => !active.has(runId))
    if (foreign.length > 0) await refuseForeign(foreign)
    const own = runIds.filter((runId) => active.has(runId))
    const waiting = own.filter((runId) => queue.remove(runId))
    if (waiting.length > 0) await rest(waiting, as)
    const running = own.flatMap((runId) => active.get(runId) ?? [])
    for (const run of running) run.halt(as)
    await Promise.all(running.map((run) => run.ended))
  }

  /** What was taken out of the queue comes to rest. */
  async function rest(runIds: string[], as: Halt): Promise<void> {
    try {
      await library.finishRuns(runIds, { ...runEnd(as), endedAt: new Date().toISOString() })
    } catch {
      // Each for itself says why it could not be kept, and tries on where that passes.
      const runs = runIds.flatMap((runId) => active.get(runId) ?? [])
      await Promise.all(runs.map((run) => run.restUnstarted(as)))
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
    goOn: () => { queue.held = false },
    async retry(runId) {
      const [{ summary: { status, sweep }, spec }] = await library.outlines([runId])
      // One that failed left a gap in its sweep; any other is counted there already.
      const [newId] = await startAll([{ spec, sweep: status === 'failed' ? sweep : null }], null)
      return newId
    },
    stop: (...runIds) => halt(runIds, 'stopped'),
    pause: (...runIds) => halt(runIds, 'paused'),
    async finished(runId) {
      await active.get(runId)?.ended
      return (await library.get(runId)).summary
    },
    observe: (runId, synapse) => active.get(runId)?.observe(synapse),
    live: () => [...active.values()].filter((run) => run.running).map((run) => run.live),
    get active() { return [...active.keys()] },
    async close() {
      const waiting = [...active.keys()].filter((runId) => queue.remove(runId))
      if (waiting.length > 0) await library.release(waiting)
      leave(waiting)
      await halt([...active.keys()], 'interrupted')
    },
  }
}
