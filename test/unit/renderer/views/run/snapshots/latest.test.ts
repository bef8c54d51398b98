import { afterEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useLatest, useParts } from '../../../../../../src-renderer/views/run/snapshots/latest.ts'

const scope = effectScope()
afterEach(() => vi.restoreAllMocks())
const settle = async () => {
  for (let turn = 0; turn < 10; turn++) await nextTick()
}

it('drops an answer that comes after a newer one, and keeps the last value after a failure', async () => {
  const asked = ref(1)
  const answers = new Map<number, { resolve: (value: number) => void; reject: (error: Error) => void }>()
  const { value, failure } = scope.run(() => useLatest(() => {
    const now = asked.value
    return new Promise<number>((resolve, reject) => { answers.set(now, { resolve, reject }) })
  }, 0))!
  asked.value = 2
  await settle()
  answers.get(2)!.resolve(20)
  answers.get(1)!.resolve(10)
  await settle()
  expect(value.value).toBe(20)
  asked.value = 3
  await settle()
  answers.get(3)!.reject(new Error('locked'))
  await settle()
  expect([value.value, failure.value]).toEqual([20, 'locked'])
})

it('reads a few epochs at a time, adds new ones, and starts again for something else', async () => {
  const [of, epochs] = [ref('a'), ref([1, 2, 3])]
  const read = vi.fn(async (wanted: number[]) => wanted.map((epoch) => ({ epoch, of: of.value })))
  const { value } = scope.run(() => useParts({ of: () => of.value, epochs: () => epochs.value, read, most: 2 }))!
  await settle()
  expect(value.value.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
  expect(read.mock.calls.map(([wanted]) => wanted)).toEqual([[1, 2], [3]])
  epochs.value = [1, 3, 4]
  await settle()
  expect(value.value.map(({ epoch }) => epoch)).toEqual([1, 3, 4])
  expect(read).toHaveBeenCalledTimes(3)
  of.value = 'b'
  await settle()
  expect(value.value.every((part) => part.of === 'b')).toBe(true)
  expect(read).toHaveBeenCalledTimes(5)
})
