import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { type TimeEstimate, useDesign } from '../../../../../src-renderer/stores/design.ts'
import { estimateNote, useTimeEstimate } from '../../../../../src-renderer/views/design/time-estimate.ts'
import { fakeBridge, fakeStorage } from '../../fixtures.ts'

const estimateOf = (seconds: number): TimeEstimate => ({ seconds, low: seconds / 2, high: 2 * seconds, basis: 'runs', count: 6 })

let asked: { seed: number }[]
let answer: (spec: { seed: number }) => unknown

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  answer = ({ seed }) => estimateOf(seed)
  const estimate = ({ spec }: { spec: { seed: number } }) => {
    asked.push(spec)
    return answer(spec)
  }
  vi.stubGlobal('localStorage', fakeStorage())
  vi.stubGlobal('window', { chalcogen: fakeBridge({ 'runs.estimate': estimate }).bridge })
  setActivePinia(createPinia())
})
afterEach(() => { vi.useRealTimers() })

const begin = () => effectScope().run(() => ({ design: useDesign(), ...useTimeEstimate() }))!

async function change(design: ReturnType<typeof useDesign>, path: string, value: unknown, ms: number) {
  design.put(path, value)
  await nextTick()
  await vi.advanceTimersByTimeAsync(ms)
}

test('is asked once the draft has rested, of the draft as it then is', async () => {
  const { design, estimate, isAsked } = begin()
  await change(design, 'seed', 10, 300)
  await change(design, 'seed', 20, 500)
  expect([asked.length, isAsked.value]).toEqual([0, true])
  await vi.advanceTimersByTimeAsync(200)
  expect(asked.map(({ seed }) => seed)).toEqual([20])
  expect(estimate.value).toEqual(estimateOf(20))
  expect(isAsked.value).toBe(false)
})

test('is never asked while the draft is wrong, and the one before is gone', async () => {
  const { design, estimate, isAsked } = begin()
  await vi.advanceTimersByTimeAsync(700)
  await change(design, 'seed', 'x', 5000)
  expect([asked.length, estimate.value, isAsked.value]).toEqual([1, null, false])
})

test('an answer that comes after a change counts for nothing', async () => {
  const { design, estimate } = begin()
  answer = ({ seed }) => (seed === 10 ? new Promise(() => {}) : estimateOf(seed))
  await change(design, 'seed', 10, 700)
  await change(design, 'seed', 20, 700)
  expect(estimate.value).toEqual(estimateOf(20))
})

test('a main process that cannot say leaves it unknown', async () => {
  vi.stubGlobal('window', { chalcogen: fakeBridge({}).bridge })
  const { estimate, isAsked } = begin()
  await vi.advanceTimersByTimeAsync(700)
  expect([estimate.value, isAsked.value]).toEqual([null, false])
})

test('says its error and what it rests on', () => {
  expect(estimateNote({ seconds: 80, low: 65, high: 110, basis: 'runs', count: 6 })).toBe('1 min 05 s to 1 min 50 s, measured from 6 runs here')
  expect(estimateNote({ seconds: 80, low: 65, high: 110, basis: 'probe', count: 1 })).toBe('1 min 05 s to 1 min 50 s, from a short probe')
})
