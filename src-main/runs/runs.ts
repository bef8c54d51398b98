import type { Spec } from '../../src-engine/spec/spec.ts'
import { type LiveFrame, type Progress, type RunDetail, type RunSummary } from '../contract/run.ts'
import { newRunId } from '../library/library.ts'
import { ActiveRun, type RunOutline, type Surroundings } from './active-run.ts'
import { refuseOverBudget } from './budget.ts'
import { RunError } from './error.ts'
import { defaultSlots, RunQueue } from './queue.ts'
import type { Halt } from './supervisor.ts'

export interface RunsOptions extends Surroundings {
  /** Runs at the same time. */
  slots?: number
}

export interface Runs {
  /** @throws BadInput where the library's budget or the disk has no room for it */
  start(spec: Spec): Promise<string>
  /** A run that has come to rest goes on from its last checkpoint. @throws RunError, LibraryError */
  resume(runId: string): Promise<void>
  /** A new run of the same spec. @returns its id */
  retry(runId: string): Promise<string>
  /** Queued runs that no living process works on are taken up, in their order. @returns their ids */
  adopt(): Promise<string[]>
  /** Both return once the run has come to rest; no effect on a run that already has. @throws RunError for another program's */
  stop(runId: string): Promise<void>
  pause(runId: string): Promise<void>
  finished(runId: string): Promise<RunSummary>
  live(): { progress: Progress; frame: LiveFrame | null }[]
  /** Queued or running ones of this process. */
  readonly active: string[]
  /** What runs becomes `interrupted`, with a checkpoint; what waits stays queued. */
  close(): Promise<void>
}

/** Queued and running runs: each is in the library before it is in here, and leaves once its end is kept. */
export function createRuns({ slots = defaultSlots(), ...around }: RunsOptions): Runs {
  const { library, environment } = around
  const queue = new RunQueue(slots)
  const active = new Map<string, ActiveRun>()

  async function start(spec: Spec): Promise<string> {
    refuseOverBudget(spec, [...active.values()].map((run) => run.spec), await library.usage(), await library.settings())
    const runId = newRunId()
    const sequences = spec.training.epochs * spec.task.patterns
    await library.createRun({ runId, spec, environment, createdAt: new Date().toISOString(), sequences })
    await enqueue({ runId, sequences, epochsDone: 0 }, spec)
    return runId
  }

  async function enqueue(outline: RunOutline, spec: Spec): Promise<void> {
    const run = new ActiveRun(outline, spec, around)
    active.set(run.runId, run)
    void run.ended.then(() => active.delete(run.runId))
    queue.add(run.runId, () => run.execute())
    await run.announce()
  }

  async function resume(runId: string): Promise<void> {
    const detail = await library.get(runId)
    refuseOtherEngine(detail)
    await library.requeue(runId, new Date().toISOString())
    await enqueue(detail.summary, detail.spec)
  }

  /** The same spec gives the same bits only in the same engine. */
  function refuseOtherEngine({ summary, environment: began }: RunDetail): void {
    const nothingDone = summary.epochsDone === 0 && summary.checkpoint === null
    if (nothingDone || began.engineDigest === environment.engineDigest) return
    throw new RunError('other-engine', `run ${summary.runId} was begun by another engine (${began.engineDigest.slice(0, 12)}; `
      + `this one is ${environment.engineDigest.slice(0, 12)}), which would go on with other bits; retry starts it anew`)
  }

  async function adopt(): Promise<string[]> {
    const runIds = await library.adoptQueued()
    for (const runId of runIds) await takeUp(runId)
    return runIds
  }

  /** One that cannot go on here rests, and says why; it does not stand in the way of the others. */
  async function takeUp(runId: string): Promise<void> {
    try {
      const detail = await library.get(runId)
      refuseOtherEngine(detail)
      await enqueue(detail.summary, detail.spec)
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

  return {
    start,
    resume,
    adopt,
    retry: async (runId) => start((await library.get(runId)).spec),
    stop: (runId) => halt(runId, 'stopped'),
    pause: (runId) => halt(runId, 'paused'),
    async finished(runId) {
      await active.get(runId)?.ended
      return (await library.get(runId)).summary
    },
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
