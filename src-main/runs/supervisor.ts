import { Worker, type ResourceLimits } from 'node:worker_threads'
import type { NamedArray } from '../../src-engine/training/events.ts'
import type { EpochMetrics, LiveFrame, RunStatus } from '../contract/run.ts'
import type { EngineEnd, EngineTask, FromEngine, Keepsake, ToEngine } from './messages.ts'

export interface RunEnd {
  status: Extract<RunStatus, 'done' | 'stopped' | 'failed' | 'interrupted'>
  digest: string | null
  secondsPerSequence: number | null
  error: { code: string; message: string } | null
}

/** Where a run's reports go. A rejected write fails the run. */
export interface RunSink {
  epoch(metrics: EpochMetrics): Promise<void>
  snapshot(epoch: number, arrays: NamedArray[]): Promise<void>
  progress(sequencesDone: number): void
  frame(frame: LiveFrame): void
}

export interface SupervisorOptions {
  worker: string | URL
  sink: RunSink
  /** Milliseconds between asking a worker to stop and ending it. */
  patience?: number
  resourceLimits?: ResourceLimits
}

const PATIENCE_MS = 5000

/** One engine worker from birth to end. `ended` always resolves: the worker's exit decides. */
export class Supervisor {
  readonly ended: Promise<RunEnd>
  readonly #worker: Worker
  readonly #sink: RunSink
  readonly #patience: number
  readonly #writes = new Set<Promise<void>>()
  #end: EngineEnd | null = null
  #stopAsked = false
  #stopTimer: NodeJS.Timeout | undefined

  constructor(task: EngineTask, { worker, sink, patience = PATIENCE_MS, resourceLimits }: SupervisorOptions) {
    this.#sink = sink
    this.#patience = patience
    this.#worker = new Worker(worker, { workerData: task, name: `engine ${task.runId}`, resourceLimits })
    this.#worker.on('message', (message: FromEngine) => this.#receive(message))
    this.#worker.on('error', (error) => this.#finish(failureOf(error)))
    this.ended = new Promise((resolve) => {
      this.#worker.once('exit', () => resolve(this.#conclude()))
    })
  }

  /** Asks; a worker that has not ended in time is ended. */
  stop(): void {
    if (this.#stopAsked) return
    this.#stopAsked = true
    this.#send({ id: 0, kind: 'stop' })
    this.#stopTimer = setTimeout(() => void this.#worker.terminate(), this.#patience)
  }

  /** Ends the worker at once; the run counts as interrupted. */
  interrupt(): void {
    void this.#worker.terminate()
  }

  #send(message: ToEngine): void {
    this.#worker.postMessage(message)
  }

  #receive(message: FromEngine): void {
    switch (message.kind) {
      case 'progress': return this.#sink.progress(message.sequencesDone)
      case 'frame': return this.#sink.frame(message.frame)
      case 'epoch':
      case 'snapshot': return this.#keep(message)
      default: return this.#finish(message)
    }
  }

  #keep(message: Keepsake & { id: number }): void {
    const write = this.#write(message)
      .then(() => this.#send({ id: message.id, kind: 'kept' }))
      .catch((error: Error) => this.#finish({ kind: 'failed', code: 'not-kept', message: `A result could not be kept: ${error.message}` }))
      .finally(() => this.#writes.delete(write))
    this.#writes.add(write)
  }

  #write(message: Keepsake): Promise<void> {
    return message.kind === 'epoch' ? this.#sink.epoch(message.metrics) : this.#sink.snapshot(message.epoch, message.arrays)
  }

  /** A failure replaces an earlier end: a run whose last write failed is not done. */
  #finish(end: EngineEnd): void {
    if (this.#end === null || (end.kind === 'failed' && this.#end.kind !== 'failed')) this.#end = end
    void this.#worker.terminate()
  }

  async #conclude(): Promise<RunEnd> {
    clearTimeout(this.#stopTimer)
    await Promise.all(this.#writes)
    return this.#outcome(this.#end)
  }

  #outcome(end: EngineEnd | null): RunEnd {
    switch (end?.kind) {
      case 'done': return runEnd('done', { digest: end.digest, secondsPerSequence: end.secondsPerSequence })
      case 'stopped': return runEnd('stopped', { secondsPerSequence: end.secondsPerSequence })
      case 'failed': return runEnd('failed', { error: { code: end.code, message: end.message } })
      default: return runEnd(this.#stopAsked ? 'stopped' : 'interrupted')
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
