import { expect, onTestFinished, test } from 'vitest'
import { EngineWorkers } from '../../../src-main/runs/engine-workers.ts'
import type { EngineTask, RunRecord } from '../../../src-main/runs/messages.ts'
import { Supervisor } from '../../../src-main/runs/supervisor.ts'

/** Supervises a worker that runs this code. @param keep saves a record */
function supervise(code: string, options: { keep?: () => Promise<void>; patience?: number } = {}) {
  const { keep = async () => {}, patience = 5000 } = options
  const text = `import { parentPort as port } from 'node:worker_threads'\n${code}`
  const worker = new URL(`data:text/javascript,${encodeURIComponent(text)}`)
  const kept: RunRecord[] = []
  const sink = {
    keep: (record: RunRecord) => { kept.push(record); return keep() }, progress: () => {}, frame: () => {},
  }
  const supervisor = new Supervisor({ runId: 'run00001' } as EngineTask, { workers: new EngineWorkers(worker), sink, patience })
  onTestFinished(() => supervisor.kill())
  return { supervisor, kept }
}

const send = (kind: string, more = '') => `port.postMessage({ id: 1, kind: '${kind}', ${more} })`
const whenHalted = (code: string) => `port.on('message', ({ kind }) => { if (kind === 'halt') { ${code} } })`
const fails = async () => { throw new Error('The disk is full.') }

test('a run is not done if its last result could not be saved', async () => {
  const code = `${send('epoch', 'metrics: {}')}; ${send('done', `digest: 'd', secondsPerSequence: 1`)}`
  const { supervisor } = supervise(code, { keep: fails })
  expect(await supervisor.ended).toMatchObject({
    status: 'failed', digest: null, error: { code: 'not-kept', message: 'A result could not be saved. The disk is full.' },
  })
})

test('a result that cannot be saved after the last word of the worker makes its run failed', async () => {
  const late = () => new Promise<void>((_, reject) => { setTimeout(() => reject(new Error('The disk is full.')), 50) })
  const { supervisor } = supervise(`${send('epoch', 'metrics: {}')}; ${send('done', `digest: 'd'`)}`, { keep: late })
  expect(await supervisor.ended).toMatchObject({ status: 'failed', error: { code: 'not-kept' } })
})

test('nor is it if its worker waits for the next run by then', async () => {
  const { supervisor } = supervise(`${send('epoch', 'metrics: {}')}; ${send('done', `digest: 'd', idle: true`)}`, { keep: fails })
  expect(await supervisor.ended).toMatchObject({ status: 'failed', error: { code: 'not-kept' } })
})

test('the first failure of a run is the one that is reported', async () => {
  const { supervisor } = supervise(`${send('failed', `code: 'first', message: ''`)}; ${send('failed', `code: 'second', message: ''`)}`)
  expect(await supervisor.ended).toMatchObject({ status: 'failed', error: { code: 'first' } })
})

test('a run ends as it was told to first', async () => {
  const { supervisor } = supervise(whenHalted(send('halted', 'secondsPerSequence: 2')))
  supervisor.halt('paused')
  supervisor.halt('stopped')
  expect(await supervisor.ended).toEqual({ status: 'paused', digest: null, secondsPerSequence: 2, error: null })
})

test('a run at the end of its round is paused unless it was stopped', async () => {
  const held = send('held', 'secondsPerSequence: 2')
  expect((await supervise(held).supervisor.ended).status).toBe('paused')
  for (const [told, status] of [['stopped', 'stopped'], ['interrupted', 'paused']] as const) {
    const { supervisor } = supervise(whenHalted(held))
    supervisor.halt(told)
    expect((await supervisor.ended).status).toBe(status)
  }
})

test('a worker that does not halt is terminated, and its run ends as it was told to', async () => {
  const { supervisor } = supervise(`setInterval(() => {}, 1000); ${whenHalted('')}`, { patience: 50 })
  supervisor.halt('stopped')
  expect(await supervisor.ended).toMatchObject({ status: 'stopped', error: null })
})

test('a worker that ends without a word leaves an interrupted run', async () => {
  expect(await supervise('').supervisor.ended).toMatchObject({ status: 'interrupted', error: null })
})

test('a halted run whose checkpoint could not be saved says so, and is still paused', async () => {
  const { supervisor } = supervise(whenHalted(`${send('checkpoint', 'sequences: 1, parts: []')}; ${send('halted')}`), { keep: fails })
  supervisor.halt('paused')
  expect(await supervisor.ended).toMatchObject({ status: 'paused', error: { code: 'not-kept' } })
})

test('the run ends only when its last record is saved', async () => {
  let isSaved = false
  const keep = () => new Promise<void>((resolve) => {
    setTimeout(() => {
      isSaved = true
      resolve()
    }, 100)
  })
  const { supervisor, kept } = supervise(`${send('epoch', 'metrics: {}')}; ${send('done', `digest: 'd'`)}`, { keep })
  await supervisor.ended
  expect([kept.length, isSaved]).toEqual([1, true])
})
