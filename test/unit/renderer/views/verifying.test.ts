import { ElMessage } from 'element-plus'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { useLibrary, type Verification } from '../../../../src-renderer/stores/library.ts'
import { resultText, useVerifying, whyNotVerified } from '../../../../src-renderer/views/verifying.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../fixtures.ts'

vi.mock('element-plus', () => ({ ElMessage: { error: vi.fn(), success: vi.fn(), info: vi.fn() } }))

const resultOf = (result: Verification['result']): Verification =>
  ({ runId: 'run00001', saved: 'a', computed: 'a', result, reason: '', firstDifference: null })

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
  vi.clearAllMocks()
})

const refreshed = { 'library.usage': () => null, 'library.backups': () => [], 'library.settings': () => null }
function verifying(answer: (input: { runIds: string[] }) => unknown, runs = [summaryOf()]) {
  vi.stubGlobal('window', { chalcogen: fakeBridge({ ...refreshed, 'runs.verify': answer }).bridge })
  return useVerifying(() => runs.map(({ runId }) => runId), () => runs)
}

test.each([
  [[], 'Select a run first.'],
  [[summaryOf({ status: 'stopped' })], 'Only finished runs can be verified. This run is not finished.'],
  [[summaryOf({ status: 'stopped' }), summaryOf({ status: 'running' })], 'Only finished runs can be verified. These runs are not finished.'],
  [[summaryOf({ unreadable: 'The spec is damaged.' })], 'The spec is damaged.'],
  [[summaryOf(), summaryOf({ status: 'stopped' })], null],
])('only finished runs can be verified', (runs, reason) => expect(whyNotVerified(runs)).toBe(reason))

test('says that all runs give the same digest', async () => {
  const asked: string[][] = []
  const { verify } = verifying(({ runIds }) => {
    asked.push(runIds)
    return [resultOf('same'), resultOf('same'), resultOf('same')]
  })
  await verify()
  expect(asked).toEqual([['run00001']])
  expect(ElMessage.success).toHaveBeenCalledWith('3 of 3 runs give the same digest.')
})

test.each([
  ['same', 'The run gives the same digest'], ['different', 'The run gives another digest'], ['not compared', 'The run could not be verified'],
] as const)('a single run that is %s', (result, text) => expect(resultText([resultOf(result)])).toBe(text))

test('leaves other results to their dialog', async () => {
  const { verify } = verifying(() => [resultOf('same'), resultOf('other engine')])
  await verify()
  expect(ElMessage.success).not.toHaveBeenCalled()
  expect(useLibrary().verification).toHaveLength(2)
  expect(resultText(useLibrary().verification!)).toBe('1 of 2 runs gives the same digest')
})

test('goes on in the background: it is shown and can be cancelled, and blocks only another verification', async () => {
  const answer = Promise.withResolvers<Verification[]>()
  const { command } = verifying(() => [])
  vi.stubGlobal('window', { chalcogen: { call: async (name: string) => ({ ok: true, value: name === 'runs.verify' ? await answer.promise : null }) } })
  const library = useLibrary()
  command.run()
  expect([library.task, library.work?.task, library.canCancel]).toEqual(['verify', 'verify', true])
  expect(command.blocked!()).toContain('Other runs are being verified.')
  const backedUp = library.backUp()
  expect(library.task).toBe('backup')
  await backedUp
  expect(library.task).toBe('verify')
  answer.resolve([])
  await vi.waitFor(() => expect(library.task).toBeNull())
  expect(command.blocked!()).toBeNull()
})

test('says that it was cancelled', async () => {
  const { verify } = verifying(() => [])
  vi.stubGlobal('window', { chalcogen: { call: async () => ({ ok: false, code: 'cancelled', message: '' }) } })
  await verify()
  expect(ElMessage.info).toHaveBeenCalledWith('Cancelled')
})
