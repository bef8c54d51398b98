import { once } from 'node:events'
import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { Connector } from '../../../src-main/library/connector.ts'
import { libraryOver } from '../../../src-main/library/library.ts'
import type { Role, WorkerData } from '../../../src-main/library/protocol.ts'
import { addRun, open, openNew, temporaryFolder, workerFile } from './support.ts'

async function startWorkers() {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const [writers, readers]: [Worker[], Worker[]] = [[], []]
  const restarts: (string | null)[] = []
  const answered: string[] = []
  const start = (file: string, role: Role) => {
    const worker = new Worker(workerFile, { workerData: { file, role } satisfies WorkerData })
    ;(role === 'writer' ? writers : readers).push(worker)
    return worker
  }
  const connector = new Connector(start, file, {
    onWork: () => {}, onRestart: (error) => restarts.push(error?.code ?? null), onAnswer: (op) => answered.push(op),
  })
  onTestFinished(async () => { await Promise.all([...writers, ...readers].map((worker) => worker.terminate())) })
  await connector.opened()
  return { file, writers, readers, restarts, answered, library: libraryOver(connector) }
}

describe('the library worker', () => {
  it('rejects pending requests if it dies, and is restarted once with its reader, since the file may have another name', async () => {
    const { writers, readers, restarts, library } = await startWorkers()
    const requests = Array.from({ length: 50 }, () => addRun(library))
    await writers[0]!.terminate()
    const outcomes = await Promise.allSettled(requests)
    expect(outcomes.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'worker-ended' } })
    await vi.waitUntil(() => restarts.length === 1, 10_000)
    expect(restarts).toEqual([null])
    const kept = (await library.list()).map(({ runId }) => runId)
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') expect(kept).toContain(outcome.value)
    await writers[1]!.terminate()
    await vi.waitUntil(() => restarts.length === 2, 10_000)
    expect(restarts[1]).toBe('worker-ended')
    await expect(addRun(library)).rejects.toMatchObject({ name: 'LibraryError', code: 'worker-ended' })
    expect(await library.list()).toHaveLength(kept.length)
    expect([writers.length, readers.length]).toEqual([2, 2])
    await library.close()
  })

  it('that reads rejects pending reads if it dies, and is restarted once, while writes go on', async () => {
    const { writers, readers, restarts, library } = await startWorkers()
    const runId = await addRun(library)
    const reads = Array.from({ length: 50 }, () => library.get(runId))
    const writes = Array.from({ length: 20 }, () => addRun(library))
    await readers[0]!.terminate()
    const outcomes = await Promise.allSettled(reads)
    expect(outcomes.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'worker-ended' } })
    await Promise.all(writes)
    await vi.waitUntil(() => restarts.length === 1, 10_000)
    expect(await library.list()).toHaveLength(21)
    await readers[1]!.terminate()
    await vi.waitUntil(() => restarts.length === 2, 10_000)
    expect(restarts).toEqual([null, 'worker-ended'])
    await expect(library.list()).rejects.toMatchObject({ name: 'LibraryError', code: 'worker-ended' })
    await addRun(library)
    expect([writers.length, readers.length]).toEqual([1, 2])
    await library.close()
  })

  it('tells how long each request took, also one that failed', async () => {
    const { answered, library } = await startWorkers()
    await library.settings()
    await library.overview('nonesuch12').catch(() => {})
    expect(answered).toEqual(['settings', 'overview'])
    await library.close()
  })

  it('lets a close end even if it dies meanwhile', async () => {
    const { writers: [worker], library } = await startWorkers()
    const closed = library.close()
    await Promise.all([worker!.terminate(), closed.catch((error: unknown) => expect(error).toMatchObject({ name: 'LibraryError' }))])
  })

  it('loses nothing that it acknowledged if it is killed', async () => {
    const { file, writers: [worker], library } = await startWorkers()
    const runId = await addRun(library)
    await worker!.terminate()
    const again = await open(file)
    expect((await again.list()).map((run) => run.runId)).toEqual([runId])
  })

  it('answers a message outside its protocol with an error and continues', async () => {
    const { writers: [worker], library } = await startWorkers()
    const messages = [
      null, 'list', { id: 500 }, { id: 501, op: 'constructor', args: [] }, { id: 502, op: 'sweeps', args: [], more: 1 },
      { id: 503, op: 'sweeps', args: [1] }, { id: 504, op: 'overview', args: [] }, { id: 505, op: 'overview', args: ['no id'] },
    ]
    for (const message of messages) {
      const answered = once(worker!, 'message')
      worker!.postMessage(message)
      expect((await answered)[0]).toMatchObject({ ok: false, code: 'bad-request' })
    }
    expect(await library.list()).toEqual([])
  })

  it('rejects only the request that cannot be sent', async () => {
    const { library } = await startWorkers()
    const { port1 } = new MessageChannel()
    onTestFinished(() => port1.close())
    await expect(async () => library.get(port1 as unknown as string)).rejects.toThrow()
    expect(await library.list()).toEqual([])
  })
})

describe('closing', () => {
  it('answers earlier requests first, and can be repeated', async () => {
    const library = await openNew()
    const [runId, settings] = [addRun(library), library.configure({ workers: 3 })]
    const listed = library.list()
    await Promise.all([library.close(), library.close()])
    await library.close()
    expect(await runId).toEqual(expect.any(String))
    expect(await settings).toMatchObject({ workers: 3 })
    expect([0, 1]).toContain((await listed).length)
    await expect(addRun(library)).rejects.toMatchObject({ code: 'closed' })
    await expect(library.list()).rejects.toMatchObject({ code: 'closed' })
  })
})
