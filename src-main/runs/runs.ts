import type { Spec } from '../../src-engine/spec/spec.ts'
import type { Environment, LiveFrame, Progress, RunSummary } from '../contract/run.ts'
import { newRunId } from '../library/library.ts'
import { ActiveRun, type Surroundings } from './active-run.ts'
import { defaultSlots, RunQueue } from './queue.ts'

export interface RunsOptions extends Surroundings {
  /** The engine's kernels, compiled. */
  kernels: WebAssembly.Module
  environment: Environment
  /** Runs at the same time. */
  slots?: number
}

export interface Runs {
  start(spec: Spec): Promise<string>
  stop(runId: string): Promise<void>
  finished(runId: string): Promise<RunSummary>
  live(): { progress: Progress; frame: LiveFrame | null }[]
  /** Every run that has not ended becomes `interrupted`. */
  close(): Promise<void>
}

/** Queued and running runs: each is in the library before it is in here, and leaves once its end is kept. */
export function createRuns({ library, worker, kernels, environment, slots = defaultSlots(), emit }: RunsOptions): Runs {
  const queue = new RunQueue(slots)
  const active = new Map<string, ActiveRun>()

  async function start(spec: Spec): Promise<string> {
    const runId = newRunId()
    const sequences = spec.training.epochs * spec.task.patterns
    await library.createRun({ runId, spec, environment, createdAt: new Date().toISOString(), sequences })
    const run = new ActiveRun({ runId, spec, kernels }, sequences, { library, worker, emit })
    active.set(runId, run)
    void run.ended.then(() => active.delete(runId))
    queue.add(runId, () => run.execute())
    await run.announce()
    return runId
  }

  async function stop(runId: string): Promise<void> {
    const run = active.get(runId)
    if (run) await end(run, 'stopped')
  }

  async function end(run: ActiveRun, as: 'stopped' | 'interrupted'): Promise<void> {
    if (queue.remove(run.runId)) await run.endUnstarted(as)
    else if (as === 'stopped') run.stop()
    else run.interrupt()
    await run.ended
  }

  return {
    start,
    stop,
    async finished(runId) {
      await active.get(runId)?.ended
      return (await library.get(runId)).summary
    },
    live: () => [...active.values()].filter((run) => run.running).map((run) => run.live),
    async close() {
      await Promise.all([...active.values()].map((run) => end(run, 'interrupted')))
    },
  }
}
