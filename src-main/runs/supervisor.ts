import type { Worker } from 'node:worker_threads'
import type { LiveFrame, RunStatus, WatchedSynapse } from '../contract/run.ts'
import type { EngineWorkers } from './engine-workers.ts'
import type { EngineEnd, EngineTask, FromEngine, RunRecord, ToEngine } from './messages.ts'

export interface RunEnd {
  status: Exclude<RunStatus, 'queued' | 'running'>
  digest: string | null
  secondsPerSequence: number | null
  error: { code: string; message: string } | null
}

/** Receives the reports of a run. If `keep` rejects, the run fails. */
export interface RunSink {
  keep(record: RunRecord): Promise<void>
  progress(sequencesDone: number): void
  frame(frame: LiveFrame): void
}

export interface SupervisorOptions {
  workers: EngineWorkers
  sink: RunSink
  /** How long to wait for a worker to halt before terminating it, and then for its exit, ms. */
  patience?: number
}

/** Status of a run after it was told to halt. */
export type Halt = Extract<RunStatus, 'paused' | 'stopped' | 'interrupted'>

const PATIENCE_MS = 4000

const NOT_KEPT = 'not-kept'

/**
 * Owns one engine worker during one run. `ended` always resolves: when the worker is idle or exits, or after a timeout. Only a worker
 * that is idle after a clean end is used again.
 */
export class Supervisor {
  readonly ended: Promise<RunEnd>
  readonly #workers: EngineWorkers
  readonly #worker: Worker
  readonly #sink: RunSink
  readonly #patience: number
  readonly #writes = new Set<Promise<void>>()
  #end: EngineEnd | null = null
  #halt: Halt | null = null
  #isIdle = false
  #isTerminated = false
  #haltTimer: NodeJS.Timeout | undefined
  #exitTimer: NodeJS.Timeout | undefined
  #resolveEnded = () => {}

  constructor(task: EngineTask, { workers, sink, patience = PATIENCE_MS }: SupervisorOptions) {
    this.#sink = sink
    this.#patience = patience
    this.#workers = workers
    this.#worker = workers.start(task)
    this.#worker.on('message', (message: FromEngine) => this.#receive(message))
    this.#worker.on('error', (error) => this.#finish(failureOf(error)))
    this.ended = new Promise((resolve) => {
      this.#resolveEnded = () => resolve(this.#conclude())
      this.#worker.once('exit', () => this.#resolveEnded())
    })
  }

  /** Requests a last checkpoint and the end. Terminates a worker that does not end in time. Only the first call has an effect. */
  halt(as: Halt): void {
    if (this.#halt !== null) return
    this.#halt = as
    if (this.#isIdle) return
    this.#send({ id: 0, kind: 'halt' })
    this.#haltTimer = setTimeout(() => this.#terminate(), this.#patience)
  }

  /** Selects the synapse that frames show. */
  observe(synapse: WatchedSynapse): void {
    if (!this.#isIdle) this.#send({ id: 0, kind: 'observe', synapse })
  }

  /** Terminates the worker now, without a checkpoint. The run becomes interrupted. */
  kill(): void {
    this.#terminate()
  }

  /** A thread in native code exits only when that code returns, so wait only for `patience`. */
  #terminate(): void {
    if (this.#isTerminated) return
    this.#isTerminated = true
    void this.#worker.terminate()
    this.#exitTimer = setTimeout(() => this.#resolveEnded(), this.#patience)
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
      default: return message.idle ? this.#rest(message) : this.#finish(message)
    }
  }

  /** The worker waits for another run. */
  #rest(end: EngineEnd): void {
    this.#isIdle = true
    this.#end ??= end
    this.#resolveEnded()
  }

  #keep({ id, ...record }: RunRecord & { id: number }): void {
    const write = this.#sink.keep(record as RunRecord)
      .then(() => this.#send({ id, kind: 'kept' }))
      .catch((error: Error) => this.#finish({ kind: 'failed', code: NOT_KEPT, message: `A result could not be saved. ${error.message}` }))
      .finally(() => this.#writes.delete(write))
    this.#writes.add(write)
  }

  /** A failure replaces an earlier end, because a run whose last write failed is not done. */
  #finish(end: EngineEnd): void {
    if (this.#end === null || (end.kind === 'failed' && this.#end.kind !== 'failed')) this.#end = end
    this.#terminate()
  }

  async #conclude(): Promise<RunEnd> {
    clearTimeout(this.#haltTimer)
    clearTimeout(this.#exitTimer)
    // Messages that arrive after the end belong to no run.
    this.#worker.removeAllListeners('message')
    await Promise.all(this.#writes)
    if (this.#isIdle && !this.#isTerminated) this.#workers.giveBack(this.#worker)
    return this.#outcome(this.#end)
  }

  #outcome(end: EngineEnd | null): RunEnd {
    switch (end?.kind) {
      case 'done': return runEnd('done', { digest: end.digest, secondsPerSequence: end.secondsPerSequence })
      case 'halted': return runEnd(this.#halt ?? 'interrupted', { secondsPerSequence: end.secondsPerSequence })
      // It had already reached `holdAt` when it was told to halt. Its round waits for it there, so it must be paused.
      case 'held': return runEnd(this.#halt === 'stopped' ? 'stopped' : 'paused', { secondsPerSequence: end.secondsPerSequence })
      case 'failed': {
        // The run halted as requested. Its last results could not be saved, which is reported but is not a failure of the run.
        const status = end.code === NOT_KEPT && this.#halt !== null ? this.#halt : 'failed'
        return runEnd(status, { error: { code: end.code, message: end.message } })
      }
      default: return runEnd(this.#halt ?? 'interrupted')
    }
  }
}

/** Creates a run end; fields that are not given are null. */
export const runEnd = (status: RunEnd['status'], known: Partial<RunEnd> = {}): RunEnd =>
  ({ digest: null, secondsPerSequence: null, error: null, ...known, status })

function failureOf(error: unknown): EngineEnd {
  const { code, message } = error as NodeJS.ErrnoException
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return { kind: 'failed', code: 'out-of-memory', message: 'The engine ran out of memory. Use a smaller network or run fewer experiments at the same time.' }
  return { kind: 'failed', code: 'engine-error', message }
}
