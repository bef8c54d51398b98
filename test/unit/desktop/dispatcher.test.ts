import { expect, test, vi } from 'vitest'
import { type CallReports, createDispatcher, type Handlers } from '../../../src-main/desktop/dispatcher.ts'
import { BadInput } from '../../../src-main/contract/problem.ts'
import { unknownNames } from '../../fixtures/hostile/heavy.ts'

const withStop = (stop: Handlers['runs.stop'], reports: Partial<CallReports> = {}) =>
  createDispatcher({ 'runs.stop': stop } as Handlers, { onAnswer: () => {}, onError: () => {}, ...reports })

test('handles a call with a valid payload and answers its value', async () => {
  const stop = vi.fn(async () => ({}))
  expect(await withStop(stop)('runs.stop', { runId: 'abcdefgh12' })).toEqual({ ok: true, value: {} })
  expect(stop).toHaveBeenCalledExactlyOnceWith({ runId: 'abcdefgh12' })
})

test.each([
  ['of the wrong type', { runId: 7 }],
  ['with an unknown name', { runId: 'abcdefgh12', force: true }],
  ['that is missing', undefined],
  ['that is null', null],
  ['with a path as its id', { runId: '../../etc' }],
])('refuses a payload %s without effect', async (_what, input) => {
  const stop = vi.fn(async () => ({}))
  expect(await withStop(stop)('runs.stop', input)).toMatchObject({ ok: false, code: 'bad-input' })
  expect(stop).not.toHaveBeenCalled()
})

test.each([
  ['names', () => unknownNames(300_000), /must have at most 2000 names/],
  ['shapes', () => ({ page: { width: 1, height: 1, shapes: Array.from({ length: 500_000 }, () => ({})) } }), /must have at most 100000 entries/],
  ['levels', () => JSON.parse('['.repeat(5000) + ']'.repeat(5000)) as unknown, /must have at most 32 levels/],
])('refuses too many %s before a schema sees them', async (_what, payload, message) => {
  const dispatch = createDispatcher({} as Handlers, { onAnswer: () => {}, onError: () => {} })
  const heavy = payload()
  const started = process.threadCpuUsage()
  expect(await dispatch('chart.picture', heavy)).toMatchObject({ ok: false, code: 'bad-input', message: expect.stringMatching(message) })
  // A schema took 0.5 to 2.8 s for them.
  const { user, system } = process.threadCpuUsage(started)
  expect((user + system) / 1000).toBeLessThan(250)
})

test('accepts a page with a large image, and all runs of a large library', async () => {
  const dispatch = createDispatcher({ 'chart.picture': async () => ({ png: new Uint8Array() }), 'queue.order': async () => ({}) } as unknown as Handlers, { onAnswer: () => {}, onError: () => {} })
  const image = { kind: 'image', box: { left: 0, top: 0, width: 1, height: 1 }, columns: 1000, pixels: new Uint8Array(1e6), palette: ['#000000'] }
  expect(await dispatch('chart.picture', { page: { width: 1, height: 1, shapes: [image] } })).toMatchObject({ ok: true })
  expect(await dispatch('queue.order', { runIds: Array.from({ length: 100_000 }, () => 'abcdefgh12') })).toMatchObject({ ok: true })
})

test.each(['runs.steal', 'constructor', '__proto__', 'toString', '', 7, null, { name: 'runs.stop' }])(
  'refuses the name %j',
  async (name) => {
    expect(await withStop(async () => ({}))(name, {})).toMatchObject({ ok: false, code: 'unknown-call' })
  },
)

test('answers an error with its code and message', async () => {
  const failing = (error: unknown) => withStop(() => Promise.reject(error))('runs.stop', { runId: 'abcdefgh12' })
  const full = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
  const message = 'The disk is full (no space left on device). Free some disk space, or choose another folder.'
  expect(await failing(full)).toEqual({ ok: false, code: 'disk-full', message })
  const odd = Object.assign(new Error('odd'), { code: 'EODD' })
  expect(await failing(odd)).toEqual({ ok: false, code: 'EODD', message: 'odd' })
  const typo = new BadInput('The form', [{ path: 'seed', rule: 'must be at least 0', found: '-1' }])
  expect(await failing(typo)).toMatchObject({ code: 'bad-input', message: expect.stringContaining('seed must be at least 0. Found -1.') })
})

test('answers an unexpected error as internal and reports it', async () => {
  const broken = new TypeError('x is not a function')
  const onError = vi.fn()
  const stop = () => { throw broken }
  expect(await withStop(stop, { onError })('runs.stop', { runId: 'abcdefgh12' })).toMatchObject({ ok: false, code: 'internal' })
  expect(onError).toHaveBeenCalledExactlyOnceWith('runs.stop', broken)
})

test('reports how long a call took, also one that fails, but no unknown name', async () => {
  const onAnswer = vi.fn()
  const dispatch = withStop(() => new Promise((_, reject) => { setTimeout(() => reject(new Error('late')), 30) }), { onAnswer })
  await dispatch('runs.stop', { runId: 'abcdefgh12' })
  await dispatch('constructor', {})
  expect(onAnswer).toHaveBeenCalledExactlyOnceWith('runs.stop', expect.closeTo(30, -2))
})
