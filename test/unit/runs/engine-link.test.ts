import { MessageChannel } from 'node:worker_threads'
import { expect, onTestFinished, test, vi } from 'vitest'
import { EngineLink } from '../../../src-main/runs/engine-link.ts'
import type { FromEngine, RunRecord, ToEngine } from '../../../src-main/runs/messages.ts'

const epoch = { kind: 'epoch', metrics: { epoch: 1 } } as unknown as RunRecord
const checkpoint: RunRecord = { kind: 'checkpoint', sequences: 1, parts: [] }
const snapshotOf = (data: Uint8Array): RunRecord => ({ kind: 'snapshot', epoch: 1, supersedes: null, arrays: [{ data }] as never })

/** A link, what its supervisor received, and a way to answer. */
function linked() {
  const { port1, port2 } = new MessageChannel()
  const received: FromEngine[] = []
  port2.on('message', (message) => received.push(message))
  onTestFinished(() => port2.close())
  const send = (message: ToEngine) => port2.postMessage(message)
  return { link: new EngineLink(port1), received, send }
}

/** Sends records until one has to wait. @returns how many were sent, and the one that waits */
async function fill(link: EngineLink, record: RunRecord): Promise<{ sent: number; waiting: Promise<void> }> {
  for (let sent = 0; ; sent++) {
    let isSent = false
    const waiting = link.keep(record).then(() => { isSent = true })
    await new Promise(setImmediate)
    if (!isSent) return { sent, waiting }
  }
}

test('limits how many records of each kind are pending', async () => {
  const { link } = linked()
  expect((await fill(link, epoch)).sent).toBe(32)
  expect((await fill(link, { kind: 'snapshot', epoch: 1, supersedes: null, arrays: [] })).sent).toBe(2)
  expect((await fill(link, checkpoint)).sent).toBe(1)
})

test('continues when a pending record was saved', async () => {
  const { link, received, send } = linked()
  const { waiting } = await fill(link, checkpoint)
  send({ id: received[0]!.id, kind: 'kept' })
  await waiting
  await vi.waitUntil(() => received.length === 2)
  expect(received[1]!.id).not.toBe(received[0]!.id)
})

test('a halt is seen, and lets waiting records go at once', async () => {
  const { link, send } = linked()
  const { waiting } = await fill(link, checkpoint)
  expect(link.haltRequested).toBe(false)
  send({ id: 0, kind: 'halt' })
  await waiting
  expect(link.haltRequested).toBe(true)
  await link.keep(checkpoint)
})

test('shows the first synapse until another is selected', async () => {
  const { link, send } = linked()
  expect(link.watched).toEqual({ layer: 'input', neuron: 0, presynaptic: 0 })
  send({ id: 0, kind: 'observe', synapse: { layer: 'recurrent', neuron: 3, presynaptic: 5 } })
  await vi.waitUntil(() => link.watched.neuron === 3)
  expect(link.watched).toEqual({ layer: 'recurrent', neuron: 3, presynaptic: 5 })
  expect(link.haltRequested).toBe(false)
})

test('transfers arrays and checkpoints, so that they are not copied', async () => {
  const { link } = linked()
  const [array, part] = [new Uint8Array(8), new Uint8Array(8)]
  await link.keep(snapshotOf(array))
  await link.keep({ ...checkpoint, parts: [{ data: part }] as never })
  expect([array.byteLength, part.byteLength]).toEqual([0, 0])
})

test('a reusable worker stays open after a clean end and says that it is idle; the next run has its own messages', async () => {
  const { port1, port2 } = new MessageChannel()
  const received: FromEngine[] = []
  port2.on('message', (message) => received.push(message))
  let isClosed = false
  port2.on('close', () => { isClosed = true })
  const first = new EngineLink(port1, true)
  first.end({ kind: 'done', digest: 'd', secondsPerSequence: 1 })
  port2.postMessage({ id: 0, kind: 'halt' } satisfies ToEngine)
  await vi.waitUntil(() => received.length === 1)
  expect(received).toEqual([{ id: 1, kind: 'done', digest: 'd', secondsPerSequence: 1, idle: true }])
  expect(first.haltRequested).toBe(false)
  const second = new EngineLink(port1, true)
  port2.postMessage({ id: 0, kind: 'halt' } satisfies ToEngine)
  await vi.waitUntil(() => second.haltRequested)
  expect(isClosed).toBe(false)
  second.end({ kind: 'failed', code: 'engine-error', message: '' })
  await vi.waitUntil(() => isClosed)
  expect(received[1]).not.toHaveProperty('idle')
})

test('any other worker closes with the end of its run', async () => {
  const { port1, port2 } = new MessageChannel()
  let isClosed = false
  port2.on('message', () => {}).on('close', () => { isClosed = true })
  new EngineLink(port1).end({ kind: 'done', digest: 'd', secondsPerSequence: 1 })
  await vi.waitUntil(() => isClosed)
})
