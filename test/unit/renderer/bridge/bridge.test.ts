import { expect, test, vi } from 'vitest'
import { call, CallError, on } from '../../../../src-renderer/bridge/bridge.ts'

test('call returns the value of an answer and throws a rejection with its code', async () => {
  const answers = [{ ok: true, value: [] }, { ok: false, code: 'no-run', message: 'There is no such run.' }]
  vi.stubGlobal('window', { chalcogen: { call: async () => answers.shift() } })
  expect(await call('runs.list', {})).toEqual([])
  await expect(call('runs.list', {})).rejects.toEqual(new CallError('no-run', 'There is no such run.'))
})

test('on passes the payload and drops what the listener returns', () => {
  let listener: (payload: unknown) => unknown = () => 'not listening'
  vi.stubGlobal('window', { chalcogen: { on: (_name: string, given: typeof listener) => { listener = given } } })
  const seen = new Set<unknown>()
  on('library.notice', (payload) => seen.add(payload))
  expect(listener('payload')).toBeUndefined()
  expect(seen).toEqual(new Set(['payload']))
})
