import { expect, test } from 'vitest'
import { FileWorkers } from '../../../src-main/library/file-work.ts'

/** Workers that run this code. */
const workersOf = (code: string) =>
  new FileWorkers(new URL(`data:text/javascript,${encodeURIComponent(`import { parentPort as port } from 'node:worker_threads'\n${code}`)}`))

test('a copy is done when its worker says so, not at the first sign of progress', async () => {
  const progress: number[] = []
  const workers = workersOf(`
    port.postMessage({ kind: 'progress', done: 1, total: 2 })
    setTimeout(() => { port.postMessage({ kind: 'progress', done: 2, total: 2 }); port.postMessage({ kind: 'copied' }) }, 50)`)
  expect(await workers.copy([], (done) => { progress.push(done) }).result).toBe(true)
  expect(progress).toEqual([1, 2])
})

test('a check has every fault that its worker found', async () => {
  const fault = { kind: 'run', runId: 'run00001', message: 'It is damaged.' }
  const workers = workersOf(`
    port.postMessage({ kind: 'fault', fault: ${JSON.stringify(fault)} })
    port.postMessage({ kind: 'checked', counts: { runs: 1 } })`)
  expect(await workers.check('any', () => {}).result).toEqual({ counts: { runs: 1 }, faults: [fault] })
})

test('a worker that fails or ends without a word fails its job', async () => {
  const failed = workersOf(`port.postMessage({ kind: 'failed', code: 'disk-full', message: 'No space is left.' })`)
  await expect(failed.copy([], () => {}).result).rejects.toMatchObject({ code: 'disk-full', message: 'No space is left.' })
  await expect(workersOf('').salvage('any', 'other', () => {}).result).rejects.toMatchObject({ code: 'worker-ended' })
})
