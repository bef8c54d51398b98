import { Worker, type ResourceLimits } from 'node:worker_threads'
import type { LiveFrame, RunStatus, WatchedSynapse } from '../contract/run.ts'
import type { EngineEnd, EngineTask, FromEngine, RunRecord, ToEngine } from './messages.ts'

export interface RunEnd {
  status: Exclude<RunStatus, 'queued' | 'running'>
  digest: string | null
  secondsPerSequence: number | null
  error: { code: string; message: string } | null
}

/** Where a run's reports go. A rejected write fails the run. */
export interface RunSink {
  keep(record: RunRecord): Promise<void>
  progress(sequencesDone: number): void
  frame(frame: LiveFrame): void
}

export interface SupervisorOptions {
  worker: string | URL
  sink: RunSink
  /** Milliseconds between asking a worker to halt and ending it, and then for its exit. */
  patience?: number
  resourceLimits?: ResourceLimits
}

/** How a run comes to rest when it is told to. */
export type Halt = Extract<RunStatus, 'paused' | 'stopped' | 'interrupted'>

const PATIENCE_MS = 4000

const NOT_KEPT = 'not-kept'

/**
 * One engine worker from birth to end. `ended` always resolves: by the worker's exit, or, where that does not come, once patience with it
 * is over.
 */
export class Supervisor {
  readonly ended: Promise<RunEnd>
  readonly #worker: Worker
  readonly #sink: RunSink
  readonly #patience: number
  readonly #writes = new Set<Promise<void>>()
  #end: EngineEnd | null = null
  #halt: Halt | null = null
  #haltTimer: NodeJS.Timeout | undefined
  #exitTimer: NodeJS.Timeout | undefined
  #leave = () => {}

  constructor(task: EngineTask, { worker, sink, patience = PATIENCE_MS, resourceLimits }: SupervisorOptions) {
    this.#sink = sink
    this.#patience = patience
    this.#worker = new Worker(worker, { workerData: task, name: `engine ${task.runId}`, resourceLimits })
    this.#worker.on('message', (message: FromEngine) => this.#receive(message))
    this.#worker.on('error', (error) => this.#finish(failureOf(error)))
    this.ended = new Promise((resolve) => {
      this.#leave = () => resolve(this.#conclude())
      this.#worker.once('exit', () => this.#leave())
    })
  }

  /** Asks for a last checkpoint and the end; a worker that has not ended in time is ended. The first way that is asked for counts. */
  halt(as: Halt): void {
    if (this.#halt !== null) return
    this.#halt = as
    this.#send({ id: 0, kind: 'halt' })
    this.#haltTimer = setTimeout(() => this.#terminate(), this.#patience)
  }

  /** Its frames show this synapse from now on. */
  observe(synapse: WatchedSynapse): void {
    this.#send({ id: 0, kind: 'observe', synapse })
  }

  /** Ends the worker at once, without a checkpoint; the run counts as interrupted. */
  kill(): void {
    this.#terminate()
  }

  /** A thread that is held up in native code exits when that returns: nobody waits for it. */
  #terminate(): void {
    void this.#worker.terminate()
    this.#exitTimer ??= setTimeout(() => this.#leave(), this.#patience)
  }

  #send(message: ToEngine): void {
    this.#worker.postMessage(message)
  }

  #receive(message: FromEngine): void {
    switch (message.kind) {
      case 'progress': return this.#sink.progress(message.sequencesDone)
      case 'frame': return this.#sink.frame(message.frame)
      case 'epoch':
      case 'snapshot':
      case 'checkpoint': return this.#keep(message)
      default: return this.#finish(message)
    }
  }

  #keep({ id, ...record }: RunRecord & { id: number }): void {
    const write = this.#sink.keep(record as RunRecord)
      .then(() => this.#send({ id, kind: 'kept' }))
      .catch((error: Error) => this.#finish({ kind: 'failed', code: NOT_KEPT, message: `A result could not be kept: ${error.message}` }))
      .finally(() => this.#writes.delete(write))
    this.#writes.add(write)
  }

  /** A failure replaces an earlier end: a run whose last write failed is not done. */
  #finish(end: EngineEnd): void {
    if (this.#end === null || (end.kind === 'failed' && this.#end.kind !== 'failed')) this.#end = end
    this.#terminate()
  }

  async #conclude(): Promise<RunEnd> {
    clearTimeout(this.#haltTimer)
    clearTimeout(this.#exitTimer)
    // What a thread says after its end belongs to no run any more.
    this.#worker.removeAllListeners('message')
    await Promise.all(this.#writes)
    return this.#outcome(this.#end)
  }

  #outcome(end: EngineEnd | null): RunEnd {
    switch (end?.kind) {
      case 'done': return runEnd('done', { digest: end.digest, secondsPerSequence: end.secondsPerSequence })
      case 'halted': return runEnd(this.#halt ?? 'interrupted', { secondsPerSequence: end.secondsPerSequence })
      // It had come as far as it may go when it was told to halt: whoever waits for it there must find it there.
      case 'held': return runEnd(this.#halt === 'stopped' ? 'stopped' : 'paused', { secondsPerSequence: end.secondsPerSequence })
      case 'failed': {
        // Told to halt, it did; that its last results found no room is said, but is no failure of the run.
        const status = end.code === NOT_KEPT && this.#halt !== null ? this.#halt : 'failed'
        return runEnd(status, { error: { code: end.code, message: end.message } })
      }
      default: return runEnd(this.#halt ?? 'interrupted')
    }
  }
}

/** An end of which nothing more is known than given. */
export const runEnd = (status: RunEnd['status'], known: Partial<RunEnd> = {}): RunEnd =>
  ({ digest: null, secondsPerSequence: null, error: null, ...known, status })

function failureOf(error: unknown): EngineEnd {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'failed', code: 'out-of-memory', message: 'The engine ran out of memory.' }
  return { kind: 'failed', code: 'engine-error', message }
}
