import { expect, test, vi } from 'vitest'
import { call, CallError, on } from '../../../../src-renderer/bridge/bridge.ts'

test('an answer is its value, a refusal an error with its code', async () => {
  const answers = [{ ok: true, value: [] }, { ok: false, code: 'no-run', message: 'There is no such run.' }]
  vi.stubGlobal('window', { chalcogen: { call: async () => answers.shift() } })
  expect(await call('runs.list', {})).toEqual([])
  await expect(call('runs.list', {})).rejects.toEqual(new CallError('no-run', 'There is no such run.'))
})

test('a listener returns nothing into the other world', () => {
  let listener: (payload: unknown) => unknown = () => 'not listening'
  vi.stubGlobal('window', { chalcogen: { on: (_name: string, given: typeof listener) => { listener = given } } })
  const seen = new Set<unknown>()
  on('library.notice', (payload) => seen.add(payload))
  expect(listener('payload')).toBeUndefined()
  expect(seen).toEqual(new Set(['payload']))
})
