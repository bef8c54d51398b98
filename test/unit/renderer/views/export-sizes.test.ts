import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useExportSizes } from '../../../../src-renderer/views/export-sizes.ts'
import { fakeStorage } from '../fixtures.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})
afterEach(() => { vi.useRealTimers() })

const quiet = () => vi.advanceTimersByTimeAsync(200)

function sizesOf(runIds: string[], answer: (runIds: string[]) => Promise<unknown>) {
  vi.stubGlobal('window', { chalcogen: { call: (_: string, input: { runIds: string[] }) => answer(input.runIds) } })
  const chosen = shallowRef(runIds)
  const sizes = effectScope().run(() => useExportSizes(() => chosen.value))!
  return { chosen, ...sizes }
}

test('are known a moment after the choice, and unknown again after another', async () => {
  const asked: string[][] = []
  const { chosen, textOf } = sizesOf(['a'], async (runIds) => {
    asked.push(runIds)
    return { ok: true, value: { csv: 12.34e6 * runIds.length } }
  })
  expect(textOf('csv')).toBeNull()
  await quiet()
  expect(textOf('csv')).toBe('about 12 MB')
  chosen.value = ['a', 'b']
  await nextTick()
  chosen.value = ['b', 'c']
  await nextTick()
  expect(textOf('csv')).toBeNull()
  await quiet()
  expect([textOf('csv'), asked]).toEqual(['about 25 MB', [['a'], ['b', 'c']]])
  chosen.value = []
  await nextTick()
  await quiet()
  expect([textOf('csv'), asked.length]).toEqual([null, 2])
})

test('of an earlier choice are not shown', async () => {
  const answers: ((value: unknown) => void)[] = []
  const { chosen, textOf } = sizesOf(['a'], () => new Promise((resolve) => { answers.push(resolve) }))
  await quiet()
  chosen.value = ['b']
  await nextTick()
  answers[0]!({ ok: true, value: { csv: 1 } })
  await quiet()
  expect(textOf('csv')).toBeNull()
  answers[1]!({ ok: true, value: { csv: 2 } })
  await quiet()
  expect(textOf('csv')).toBe('about 2 B')
})

test('that the library cannot tell are left out', async () => {
  const { textOf } = sizesOf(['a'], async () => ({ ok: false, code: 'locked', message: '' }))
  await quiet()
  expect(textOf('csv')).toBeNull()
})
