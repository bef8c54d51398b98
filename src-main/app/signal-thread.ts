import type { Worker } from 'node:worker_threads'
import { BadInput } from '../contract/problem.ts'
import { LibraryError } from '../library/library.ts'
import { heapOf, isOutOfMemory, rest, startThread } from '../threads/threads.ts'
import { received } from './export-messages.ts'
import type { FromSignal, SignalJob, SignalJobName, SignalJobs } from './signal-messages.ts'

/** Reads signal files in threads of their own. */
export interface SignalThreads {
  /**
   * Do a job. A preview or a check ends the one before, which rejects with `cancelled`.
   * @param onProgress receives the share of the file that is read
   * @throws BadInput, also if the file needs too much memory
   */
  run<Name extends SignalJobName>(name: Name, input: SignalJobs[Name]['input'], onProgress?: OnProgress): Promise<SignalJobs[Name]['output']>
  /** Start a thread for the next job, because starting one takes longer than reading a small file. */
  warm(): void
  /** Cancel the preview that is being read. */
  cancelPreview(): void
  /** Cancel everything, and wait until the threads have ended. */
  close(): Promise<void>
}

type OnProgress = (share: number) => void

/** For the text of the largest file, two bytes per character, and its numbers as JavaScript values. */
const HEAP_MB = 512

/** How long a thread waits for another job, ms. It may still hold the text of a file. */
const IDLE_MS = 20_000

interface Running { name: SignalJobName; cancel: () => void; ended: Promise<unknown> }

/**
 * @param file `signal.worker.ts` or its bundled path
 * @param heapMb most memory of a thread besides the bytes of the file, MB
 */
export function signalThreads(file: string | URL, heapMb = HEAP_MB): SignalThreads {
  const running = new Set<Running>()
  const idle = new Map<Worker, NodeJS.Timeout>()
  const dead = new WeakSet<Worker>()

  function started(): Worker {
    const worker = startThread(file, { name: 'signal', resourceLimits: heapOf(heapMb) })
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

  const cancel = (which: (one: Running) => boolean) => { for (const one of running) if (which(one)) one.cancel() }

  return {
    async run(name, input, onProgress) {
      if (name !== 'read') cancel((one) => one.name === name)
      const worker = taken()
      const cancelled = Promise.withResolvers<never>()
      const work = Promise.race([outputOf(worker, { name, input } as SignalJob, heapMb, onProgress), cancelled.promise])
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
    cancelPreview: () => cancel(({ name }) => name === 'preview'),
    async close() {
      const all = [...running]
      cancel(() => true)
      await Promise.all(all.map(({ ended }) => ended))
      await Promise.all([...idle.keys()].map(end))
    },
  }
}

function outputOf(worker: Worker, job: SignalJob, heapMb: number, onProgress: OnProgress = () => {}): Promise<unknown> {
  const output = Promise.withResolvers<unknown>()
  const listeners = {
    message: (message: FromSignal) => {
      if (message.kind === 'progress') onProgress(message.share)
      if (message.kind === 'done') output.resolve(message.output)
      if (message.kind === 'failed') output.reject(received(message.error))
    },
    error: (error: Error) => output.reject(isOutOfMemory(error) ? tooLarge(job.input.file ?? 'The signal', heapMb) : error),
    exit: (code: number) => output.reject(new Error(`Reading the file stopped unexpectedly (exit code ${code}).`)),
  }
  for (const [name, listener] of Object.entries(listeners)) worker.on(name, listener)
  worker.postMessage(job)
  return output.promise.finally(() => { for (const [name, listener] of Object.entries(listeners)) worker.off(name, listener) })
}

const tooLarge = (file: string, heapMb: number) => new BadInput(file, [{
  path: '', rule: `needs more than ${heapMb} MB of memory to be read. Shorten it, or save its columns as NPY`, found: '',
}])
