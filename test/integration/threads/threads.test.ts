import { afterEach, expect, it } from 'vitest'
import type { Worker } from 'node:worker_threads'
import { startThread, threadsEnd } from '../../../src-main/threads/threads.ts'

const workers: Worker[] = []
afterEach(() => Promise.all(workers.map((worker) => worker.terminate())))

function start(script: string): Worker {
  const worker = startThread(new URL(`data:text/javascript,${encodeURIComponent(script)}`), {})
  workers.push(worker)
  return worker
}

it('waits until all threads have exited', async () => {
  start('')
  start('setTimeout(() => {}, 50)')
  expect(await threadsEnd(10_000)).toBe(true)
  expect(workers.map(({ threadId }) => threadId)).toEqual([-1, -1])
})

it('tells that a thread does not exit in time', async () => {
  const endless = start('for (;;);')
  expect(await threadsEnd(50)).toBe(false)
  await endless.terminate()
  expect(await threadsEnd(0)).toBe(true)
})
