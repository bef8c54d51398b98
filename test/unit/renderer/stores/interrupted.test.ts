import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { useInterrupted } from '../../../../src-renderer/stores/interrupted.ts'
import { type RunSummary, useRuns } from '../../../../src-renderer/stores/runs.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../fixtures.ts'
import { libraryOf } from '../library.ts'

const cut = (runId: string, day: number) =>
  summaryOf({ runId, status: 'interrupted', createdAt: `2026-11-0${day}T12:00:00.000Z` })
const older = cut('older000', 1)
const newer = cut('newer000', 2)
/** What the library has. */
let stored: RunSummary[]
const shelved = { ...cut('shelved0', 3), shelf: 'archive' as const }

/** Answers of the library and what follows from them. */
const settled = () => new Promise((resolve) => { setTimeout(resolve) })

function change(run: RunSummary, { emit }: Pick<Awaited<ReturnType<typeof opened>>, 'emit'>) {
  stored = stored.map((one) => (one.runId === run.runId ? run : one))
  emit('run.changed', { summary: run })
}

/** Opens a new window with the same profile. */
async function opened(answers: Record<string, (input: never) => unknown> = {}) {
  setActivePinia(createPinia())
  const main = fakeBridge({ ...libraryOf(() => stored), ...answers })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const interrupted = useInterrupted()
  await useRuns().connect()
  await settled()
  return { interrupted, emit: main.emit }
}

beforeEach(() => {
  stored = [older, newer, shelved, summaryOf()]
  vi.stubGlobal('localStorage', fakeStorage())
})

test('counts interrupted runs of the library but not of other shelves', async () => {
  const { interrupted } = await opened()
  expect(interrupted.runIds).toEqual(['newer000', 'older000'])
  expect(interrupted.isShown).toBe(true)
})

test('a dismissed banner stays hidden after a restart, until a run is interrupted', async () => {
  const first = await opened()
  first.interrupted.dismiss()
  expect(first.interrupted.isShown).toBe(false)
  await nextTick()
  const second = await opened()
  expect(second.interrupted.isShown).toBe(false)
  change({ ...newer, status: 'queued' }, second)
  await settled()
  expect(second.interrupted.isShown).toBe(false)
  change(newer, second)
  await settled()
  expect(second.interrupted.isShown).toBe(true)
})

test('a banner dismissed for some runs is shown for as many others', async () => {
  const first = await opened()
  first.interrupted.dismiss()
  await nextTick()
  stored = [older, cut('another0', 4)]
  const second = await opened()
  expect(second.interrupted.isShown).toBe(true)
})

test('resumes all runs, oldest first, and reports why some failed', async () => {
  const requested: string[] = []
  const resume = ({ runId }: { runId: string }) => {
    requested.push(runId)
    if (runId === 'older000') throw new Error('started by another engine')
    return {}
  }
  const { interrupted } = await opened({ 'runs.resume': resume })
  expect(await interrupted.resumeAll()).toEqual({ resumed: 1, failures: ['started by another engine'] })
  expect(requested).toEqual(['older000', 'newer000'])
})
