import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { useInterrupted } from '../../../../src-renderer/stores/interrupted.ts'
import { useRuns } from '../../../../src-renderer/stores/runs.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../fixtures.ts'

const cut = (runId: string, day: number) =>
  summaryOf({ runId, status: 'interrupted', createdAt: `2026-11-0${day}T12:00:00.000Z` })
const older = cut('older000', 1)
const newer = cut('newer000', 2)
const shelved = { ...cut('shelved0', 3), shelf: 'archive' as const }

/** A new window on the same profile. */
async function opened(answers: Record<string, (input: never) => unknown> = {}) {
  setActivePinia(createPinia())
  const main = fakeBridge({ 'runs.list': () => [older, newer, shelved, summaryOf()], 'runs.live': () => [], ...answers })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const interrupted = useInterrupted()
  await useRuns().connect()
  await nextTick()
  return { interrupted, tell: main.tell }
}

beforeEach(() => vi.stubGlobal('localStorage', fakeStorage()))

test('interrupted runs of the library are said, those put away are not', async () => {
  const { interrupted } = await opened()
  expect(interrupted.runIds).toEqual(['newer000', 'older000'])
  expect(interrupted.isShown).toBe(true)
})

test('put away, it stays so over a restart, until the number changes', async () => {
  const first = await opened()
  first.interrupted.dismiss()
  expect(first.interrupted.isShown).toBe(false)
  await nextTick()
  const second = await opened()
  expect(second.interrupted.isShown).toBe(false)
  second.tell('run.changed', { summary: { ...newer, status: 'queued' } })
  await nextTick()
  expect(second.interrupted.isShown).toBe(true)
  second.tell('run.changed', { summary: newer })
  await nextTick()
  expect(second.interrupted.isShown).toBe(true)
})

test('all are resumed, oldest first, and what cannot be has its reason', async () => {
  const asked: string[] = []
  const resume = ({ runId }: { runId: string }) => {
    asked.push(runId)
    if (runId === 'older000') throw new Error('begun by another engine')
    return {}
  }
  const { interrupted } = await opened({ 'runs.resume': resume })
  expect(await interrupted.resumeAll()).toEqual({ resumed: 1, failures: ['begun by another engine'] })
  expect(asked).toEqual(['older000', 'newer000'])
})
