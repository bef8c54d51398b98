import { setTimeout } from 'node:timers/promises'
import { type MessagePort, type ResourceLimits, Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * How long a thread rests before it exits, ms. V8 may still be compiling what the thread has computed. Before Node 24, a thread that
 * exits meanwhile can wait for that forever, and so does every thread that exits after it (github.com/nodejs/node/issues/54918).
 */
const REST_MS = Number(process.versions.node.split('.')[0]) < 24 ? 250 : 0

/** With V8's own size, buffers that were sent on wait so long for collection that the memory of an export grows with its runs. */
const YOUNG_GENERATION_MB = 16

/** Limits of a thread's heap, of which `old` (MB) may live long. The thread dies when it needs more. */
export const heapOf = (old: number): ResourceLimits =>
  ({ maxYoungGenerationSizeMb: YOUNG_GENERATION_MB, maxOldGenerationSizeMb: old })

/** Whether a thread died because its heap is full. */
export const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'

let started: Worker[] = []

type Listener = (name: string, reason: string) => void
const listeners = new Set<Listener>()

/** Deaths of threads that nobody asked for: errors that they did not catch, or no memory. */
export const threadDeaths = {
  /** Call `listener` for each until the returned function is called. */
  listen(listener: Listener): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

/** Starts a worker. `threadsEnd` waits for it. */
export function startThread(file: string | URL, options: WorkerOptions): Worker {
  const worker = new Worker(file, options)
  worker.on('error', (error) => { for (const listener of listeners) listener(options.name ?? 'unnamed', String(error)) })
  started = [...started.filter(isRunning), worker]
  return worker
}

/** Waits for all threads to exit. @returns whether they did within `patience` (ms) */
export async function threadsEnd(patience: number): Promise<boolean> {
  const end = performance.now() + patience
  while (started.some(isRunning) && performance.now() < end) await setTimeout(10)
  return !started.some(isRunning)
}

/** For a thread or its owner, before the thread exits. */
export async function rest(): Promise<void> {
  if (REST_MS > 0) await setTimeout(REST_MS)
}

/** Ends a thread that has nothing more to do. */
export async function endThread(port: MessagePort): Promise<void> {
  await rest()
  port.close()
}

const isRunning = ({ threadId }: Worker) => threadId !== -1
