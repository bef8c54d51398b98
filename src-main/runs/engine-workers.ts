import type { ResourceLimits, Worker } from 'node:worker_threads'
import { rest, startThread } from '../threads/threads.ts'
import type { EngineTask, ToEngine } from './messages.ts'

/** How long an idle worker is kept, ms. It holds about 20 MB. */
const IDLE_MS = 10_000

export interface EngineWorkersOptions {
  resourceLimits?: ResourceLimits
  idleMs?: number
}

/** Starts engine workers, and keeps idle ones for the next run. Most of the time of a short run is the start of its worker. */
export class EngineWorkers {
  readonly #file: string | URL
  readonly #options: EngineWorkersOptions
  readonly #idle = new Map<Worker, NodeJS.Timeout>()

  /** @param file `engine.worker.ts` or its bundled path */
  constructor(file: string | URL, options: EngineWorkersOptions = {}) {
    this.#file = file
    this.#options = options
  }

  /** A worker that begins the task. */
  start(task: EngineTask): Worker {
    const [worker] = this.#idle.keys()
    if (!worker) return startThread(this.#file, { workerData: task, name: 'engine', resourceLimits: this.#options.resourceLimits })
    this.#forget(worker)
    worker.ref()
    worker.postMessage({ id: 0, kind: 'run', task } satisfies ToEngine)
    return worker
  }

  /** Takes back a worker that has ended its task and waits for the next. */
  giveBack(worker: Worker): void {
    this.#forget(worker)
    worker.on('error', () => {})
    worker.once('exit', () => this.#forget(worker))
    const timer = setTimeout(() => {
      this.#forget(worker)
      void worker.terminate()
    }, this.#options.idleMs ?? IDLE_MS)
    this.#idle.set(worker, timer.unref())
    worker.unref()
  }

  /** Ends all idle workers. */
  async close(): Promise<void> {
    const workers = [...this.#idle.keys()]
    for (const worker of workers) this.#forget(worker)
    if (workers.length > 0) await rest()
    await Promise.all(workers.map((worker) => worker.terminate()))
  }

  #forget(worker: Worker): void {
    clearTimeout(this.#idle.get(worker))
    this.#idle.delete(worker)
    // Not all listeners: a worker has its own, without which it receives no messages.
    for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
  }
}
