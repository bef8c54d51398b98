import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { type TimeEstimate, useDesign } from '../../../../../src-renderer/stores/design.ts'
import { estimateNote, useTimeEstimate } from '../../../../../src-renderer/views/design/time-estimate.ts'
import { fakeBridge, fakeStorage } from '../../fixtures.ts'

const estimateOf = (seconds: number): TimeEstimate => ({ seconds, low: seconds / 2, high: 2 * seconds, basis: 'runs', count: 6 })

let requested: { seed: number }[]
let reply: (spec: { seed: number }) => unknown

beforeEach(() => {
  vi.useFakeTimers()
  requested = []
  reply = ({ seed }) => estimateOf(seed)
  const estimate = ({ spec }: { spec: { seed: number } }) => {
    requested.push(spec)
    return reply(spec)
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

test('requests an estimate of the latest draft after a pause in changes', async () => {
  const { design, estimate, isEstimating } = begin()
  await change(design, 'seed', 10, 300)
  await change(design, 'seed', 20, 500)
  expect([requested.length, isEstimating.value]).toEqual([0, true])
  await vi.advanceTimersByTimeAsync(200)
  expect(requested.map(({ seed }) => seed)).toEqual([20])
  expect(estimate.value).toEqual(estimateOf(20))
  expect(isEstimating.value).toBe(false)
})

test('clears the estimate and requests none while the draft is invalid', async () => {
  const { design, estimate, isEstimating } = begin()
  await vi.advanceTimersByTimeAsync(700)
  await change(design, 'seed', 'x', 5000)
  expect([requested.length, estimate.value, isEstimating.value]).toEqual([1, null, false])
})

test('ignores a reply for an older draft', async () => {
  const { design, estimate } = begin()
  reply = ({ seed }) => (seed === 10 ? new Promise(() => {}) : estimateOf(seed))
  await change(design, 'seed', 10, 700)
  await change(design, 'seed', 20, 700)
  expect(estimate.value).toEqual(estimateOf(20))
})

test('leaves the estimate unknown if the main process fails', async () => {
  vi.stubGlobal('window', { chalcogen: fakeBridge({}).bridge })
  const { estimate, isEstimating } = begin()
  await vi.advanceTimersByTimeAsync(700)
  expect([estimate.value, isEstimating.value]).toEqual([null, false])
})

test('shows the range and basis of the estimate', () => {
  expect(estimateNote({ seconds: 80, low: 65, high: 110, basis: 'runs', count: 6 })).toBe('1 min 05 s to 1 min 50 s, based on 6 runs on this machine')
  expect(estimateNote({ seconds: 80, low: 65, high: 110, basis: 'probe', count: 1 })).toBe('1 min 05 s to 1 min 50 s, based on a short timing probe')
})
