import type { MessagePort, Worker } from 'node:worker_threads'
import { BadInput } from '../contract/problem.ts'
import { LibraryError } from '../library/library.ts'
import { heapOf, isOutOfMemory, rest, startThread } from '../threads/threads.ts'
import { received, sent, type SentError } from './export-messages.ts'

/** What a kind of thread does, by name. */
export type Jobs = Record<string, { input: object; output: unknown }>
/** One job, as it is sent to the thread. */
export type Job<Of extends Jobs> = { [Name in keyof Of]: { name: Name; input: Of[Name]['input'] } }[keyof Of]

type FromThread =
  | { kind: 'progress'; share: number }
  | { kind: 'done'; output: unknown }
  | { kind: 'failed'; error: SentError }

type OnProgress = (share: number) => void

/** Reads what comes from outside, which may be large or made to be slow, in threads with a limited heap. */
export interface JobThreads<Of extends Jobs> {
  /**
   * Do a job. With `alone`, the jobs of that name before it are cancelled.
   * @param onProgress receives the share that is done
   * @throws BadInput, also if the job needs too much memory; LibraryError `cancelled`
   */
  run<Name extends keyof Of>(name: Name, input: Of[Name]['input'], how?: { alone?: boolean; onProgress?: OnProgress | undefined }): Promise<Of[Name]['output']>
  /** Start a thread for the next job, because starting one takes longer than reading a small file. */
  warm(): void
  /** Cancel the jobs of a name. */
  cancel(name: keyof Of): void
  /** Cancel everything, and wait until the threads have ended. */
  close(): Promise<void>
}

export interface JobThread<Of extends Jobs> {
  /** The worker's source or its bundled path. */
  file: string | URL
  name: string
  heapMb: number
  /** What a job reads, as messages should name it. */
  sourceOf: (job: Job<Of>) => string
  /** What to do about a file that needs too much memory. */
  advice: string
}

/** How long a thread waits for another job, ms. It may still hold the text of a file. */
const IDLE_MS = 20_000

interface Running { name: PropertyKey; cancel: () => void; ended: Promise<unknown> }

export function jobThreads<Of extends Jobs>(thread: JobThread<Of>): JobThreads<Of> {
  const { file, name: threadName, heapMb, sourceOf, advice } = thread
  const running = new Set<Running>()
  const idle = new Map<Worker, NodeJS.Timeout>()
  const dead = new WeakSet<Worker>()

  function started(): Worker {
    const worker = startThread(file, { name: threadName, resourceLimits: heapOf(heapMb) })
    // Its exit comes later. Until then, it would take jobs that it never does.
    worker.once('error', () => { dead.add(worker) })
    worker.once('exit', () => forget(worker))
    return worker
  }

  function forget(worker: Worker): void {
    clearTimeout(idle.get(worker))
    idle.delete(worker)
  }

  const end = (worker: Worker) => {
    forget(worker)
    return rest().then(() => worker.terminate())
  }

  /** A thread that waits does not keep the program. */
  function keep(worker: Worker): void {
    worker.unref()
    idle.set(worker, setTimeout(() => void end(worker), IDLE_MS).unref())
  }

  function taken(): Worker {
    const [worker] = idle.keys()
    if (worker === undefined) return started()
    forget(worker)
    worker.ref()
    return worker
  }

  const tooLarge = (job: Job<Of>) => new BadInput(sourceOf(job), [{
    path: '', rule: `needs more than ${heapMb} MB of memory to be read. ${advice}`, found: '',
  }])

  const cancel = (which: (one: Running) => boolean) => { for (const one of running) if (which(one)) one.cancel() }

  return {
    async run(name, input, { alone = false, onProgress } = {}) {
      if (alone) cancel((one) => one.name === name)
      const worker = taken()
      const job: Job<Of> = { name, input }
      const cancelled = Promise.withResolvers<never>()
      const work = Promise.race([outputOf(worker, job, () => tooLarge(job), onProgress), cancelled.promise])
      // A thread that was refused a file can read the next one.
      const ended = work.then(() => keep(worker), async (error: unknown) => {
        if (error instanceof BadInput && !dead.has(worker)) keep(worker)
        else await end(worker)
      })
      const one = { name, cancel: () => cancelled.reject(new LibraryError('cancelled', 'Reading the file was cancelled.')), ended }
      running.add(one)
      void ended.finally(() => running.delete(one))
      return work as Promise<never>
    },
    warm() {
      if (idle.size === 0) keep(started())
    },
    cancel: (name) => cancel((one) => one.name === name),
    async close() {
      const all = [...running]
      cancel(() => true)
      await Promise.all(all.map(({ ended }) => ended))
      await Promise.all([...idle.keys()].map(end))
    },
  }
}

function outputOf(worker: Worker, job: object, tooLarge: () => BadInput, onProgress: OnProgress = () => {}): Promise<unknown> {
  const output = Promise.withResolvers<unknown>()
  const listeners = {
    message: (message: FromThread) => {
      if (message.kind === 'progress') onProgress(message.share)
      if (message.kind === 'done') output.resolve(message.output)
      if (message.kind === 'failed') output.reject(received(message.error))
    },
    error: (error: Error) => output.reject(isOutOfMemory(error) ? tooLarge() : error),
    exit: (code: number) => output.reject(new Error(`Reading the file stopped unexpectedly (exit code ${code}).`)),
  }
  for (const [name, listener] of Object.entries(listeners)) worker.on(name, listener)
  worker.postMessage(job)
  return output.promise.finally(() => { for (const [name, listener] of Object.entries(listeners)) worker.off(name, listener) })
}

/** Shortest time between two reports of progress, ms. */
const INTERVAL_MS = 100

type Work<Of extends Jobs> = (job: Job<Of>, report: OnProgress) => Promise<unknown>

/** For a thread: does one job at a time. @param work does a job, and may report the share that is done */
export function serveJobs<Of extends Jobs>(port: MessagePort, work: Work<Of>): void {
  const post = (message: FromThread) => port.postMessage(message)
  let reportedAt = performance.now()
  const report = (share: number) => {
    if (performance.now() - reportedAt < INTERVAL_MS) return
    reportedAt = performance.now()
    post({ kind: 'progress', share })
  }
  port.on('message', (job: Job<Of>) => {
    work(job, report).then(
      (output) => post({ kind: 'done', output }),
      (error: unknown) => post({ kind: 'failed', error: sent(error) }),
    )
  })
}
