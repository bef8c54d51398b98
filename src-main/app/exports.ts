import { rm } from 'node:fs/promises'
import type { Worker } from 'node:worker_threads'
import type { LibraryWork } from '../contract/library.ts'
import type { EpochMetrics } from '../contract/run.ts'
import { LibraryError } from '../library/library.ts'
import { LongTask } from '../library/long-task.ts'
import { heapOf, rest, startThread } from '../threads/threads.ts'
import type { ExportFormat, ExportSource } from '../transfer/export.ts'
import { noteDraft } from '../transfer/write-file.ts'
import { type Ask, type ExportTask, type FromExport, Phase, received, sent, type ToExport } from './export-messages.ts'

export interface ExportsOptions {
  source: ExportSource
  /** `export.worker.ts` or its bundled path. */
  worker: string | URL
  /** Version of the application, which the files name. */
  application: string
  onWork: (work: LibraryWork) => void
}

/** Exports of runs, each in its own thread. */
export interface Exports {
  /** @returns the paths of the files. Rejects with `cancelled` if it was cancelled, which leaves nothing behind */
  run(runIds: string[], format: ExportFormat, dir: string, signal?: AbortSignal): Promise<string[]>
  /** Cancel all exports, and wait until their drafts are deleted. */
  cancel(): Promise<void>
}

const HEAP_MB = 256

export function createExports({ source, worker: file, application, onWork }: ExportsOptions): Exports {
  const running = new Set<{ cancel: () => void; ended: Promise<unknown> }>()
  return {
    async run(runIds, format, dir, signal) {
      const phase = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
      const task: ExportTask = { runIds, format, dir, application, phase }
      const worker = startThread(file, { workerData: task, name: 'export', resourceLimits: heapOf(HEAP_MB) })
      const progress = new LongTask('export', 'runs', onWork)
      const total = new Set(runIds).size
      const cancelling = Promise.withResolvers<never>()
      const work = withoutDrafts(worker, Promise.race([
        resultOf(worker, source, (done) => progress.report(done, total)), cancelling.promise,
      ]))
      const cancel = () => {
        if (Atomics.compareExchange(new Int32Array(phase), 0, Phase.writing, Phase.cancelled) !== Phase.writing) return
        cancelling.reject(new LibraryError('cancelled', 'The export was cancelled.'))
      }
      const one = { cancel, ended: work.catch(() => {}) }
      running.add(one)
      signal?.addEventListener('abort', cancel)
      try {
        return await work
      } finally {
        signal?.removeEventListener('abort', cancel)
        running.delete(one)
        progress.end()
      }
    },
    async cancel() {
      const all = [...running]
      for (const { cancel } of all) cancel()
      await Promise.all(all.map(({ ended }) => ended))
    },
  }
}

/** Ends the worker with the result, and deletes the drafts that it left. */
async function withoutDrafts<Result>(worker: Worker, result: Promise<Result>): Promise<Result> {
  const drafts = new Set<string>()
  worker.on('message', (message: FromExport) => {
    if (message.kind !== 'draft') return
    noteDraft(message.draft, message.exists)
    if (message.exists) drafts.add(message.draft)
    else drafts.delete(message.draft)
  })
  try {
    return await result
  } finally {
    await rest()
    await worker.terminate()
    for (const draft of drafts) {
      await rm(draft, { force: true })
      noteDraft(draft, false)
    }
  }
}

/** The paths of the files. Meanwhile, answers what the worker asks. */
function resultOf(worker: Worker, source: ExportSource, onDone: (runs: number) => void): Promise<string[]> {
  const answer = answering(source)
  return new Promise((resolve, reject) => {
    worker.on('message', (message: FromExport) => {
      if (message.kind === 'ask') void answer(message).then(({ reply, transfer }) => worker.postMessage(reply, transfer), reject)
      if (message.kind === 'done') onDone(message.runs)
      if (message.kind === 'written') resolve(message.files)
      if (message.kind === 'failed') reject(received(message.error))
    })
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new LibraryError('worker-ended', `The export stopped unexpectedly (exit code ${code}). Nothing was written.`)))
  })
}

interface Reply {
  reply: ToExport
  transfer: ArrayBuffer[]
}

function answering(source: ExportSource): (ask: Ask) => Promise<Reply> {
  const streams = new Map<number, AsyncGenerator<EpochMetrics[]>>()

  async function valueOf(ask: Ask): Promise<unknown> {
    switch (ask.name) {
      case 'overview': return source.overview(...ask.args)
      case 'armsOf': return source.armsOf(...ask.args)
      case 'array': return source.array(...ask.args)
      case 'epochs':
        streams.set(ask.id, source.epochs(...ask.args))
        return ask.id
      case 'next': return next(ask.args[0])
    }
  }

  async function next(stream: number): Promise<EpochMetrics[] | null> {
    const { value, done } = await streams.get(stream)!.next()
    if (!done) return value
    streams.delete(stream)
    return null
  }

  return async (ask) => {
    try {
      const value = await valueOf(ask)
      return { reply: { kind: 'answer', id: ask.id, value }, transfer: buffersOf(value) }
    } catch (error) {
      return { reply: { kind: 'refused', id: ask.id, error: sent(error) }, transfer: [] }
    }
  }
}

/** Buffers of an array, which are transferred, not copied. */
const buffersOf = (value: unknown): ArrayBuffer[] =>
  (value !== null && typeof value === 'object' && 'data' in value && ArrayBuffer.isView(value.data) ? [value.data.buffer as ArrayBuffer] : [])
