import { once } from 'node:events'
import { join } from 'node:path'
import { MessageChannel, Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { WorkerChannel } from '../../../src-main/library/channel.ts'
import { libraryOver } from '../../../src-main/library/library.ts'
import { addRun, open, openNew, temporaryFolder, workerFile } from './support.ts'

async function startWorker() {
  const file = join(temporaryFolder(), 'library.chalcogen')
  const worker = new Worker(workerFile, { workerData: { file } })
  onTestFinished(async () => { await worker.terminate() })
  const channel = new WorkerChannel(worker)
  await channel.opened
  return { file, worker, library: libraryOver(channel) }
}

describe('the library\'s worker', () => {
  it('that ends rejects all that was asked, and whatever is asked later', async () => {
    const { worker, library } = await startWorker()
    const asked = Array.from({ length: 50 }, () => addRun(library))
    const ended = worker.terminate()
    const outcomes = await Promise.allSettled(asked)
    expect(outcomes.at(-1)).toMatchObject({ status: 'rejected', reason: { code: 'worker-ended' } })
    await ended
    await expect(library.list()).rejects.toMatchObject({ name: 'LibraryError', code: 'worker-ended' })
    await library.close()
  })

  it('that ends while it closes still lets the close end', async () => {
    const { worker, library } = await startWorker()
    const closed = library.close()
    await Promise.all([worker.terminate(), closed.catch((error: unknown) => expect(error).toMatchObject({ name: 'LibraryError' }))])
  })

  it('that is killed has lost nothing that it acknowledged', async () => {
    const { file, worker, library } = await startWorker()
    const runId = await addRun(library)
    await worker.terminate()
    const again = await open(file)
    expect((await again.list()).map((run) => run.runId)).toEqual([runId])
  })

  it('answers a message outside its protocol with an error and lives', async () => {
    const { worker, library } = await startWorker()
    for (const message of [null, 'list', { id: 500 }, { id: 501, op: 'constructor' }, { id: 502, op: 'list', more: 1 }]) {
      const answered = once(worker, 'message')
      worker.postMessage(message)
      expect((await answered)[0]).toMatchObject({ ok: false, code: 'bad-request' })
    }
    expect(await library.list()).toEqual([])
  })

  it('that cannot be sent something says so for that question only', async () => {
    const { library } = await startWorker()
    const { port1 } = new MessageChannel()
    onTestFinished(() => port1.close())
    await expect(async () => library.get(port1 as unknown as string)).rejects.toThrow()
    expect(await library.list()).toEqual([])
  })
})

describe('closing', () => {
  it('finishes what was asked before, and can be repeated', async () => {
    const library = await openNew()
    const added = addRun(library)
    const listed = library.list()
    await Promise.all([library.close(), library.close()])
    await library.close()
    expect((await listed).map((run) => run.runId)).toEqual([await added])
    await expect(library.list()).rejects.toMatchObject({ code: 'closed' })
  })
})
