import { createPinia, setActivePinia } from 'pinia'
import { computed, nextTick, ref } from 'vue'
import { beforeEach, expect, it, vi } from 'vitest'
import { nameOf } from '../../../../../src-engine/query/names.ts'
import { sweptMetrics } from '../../../../../src-renderer/views/queue/pictures/swept-runs.ts'
import { useSweptValues } from '../../../../../src-renderer/views/queue/pictures/swept-values.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../../fixtures.ts'

const runs = [summaryOf({ runId: 'run00001', lossLast20: 0.5 }), summaryOf({ runId: 'run00002', lossLast20: 0.25 })]

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

it('asks the library by names of the query language', () => {
  const names = sweptMetrics(runs, 7).flatMap(({ asked }) => asked ?? [])
  expect(names).toEqual(['loss.best', 'loss.mean7', 'loss.epoch7'])
  for (const name of names) expect(nameOf(name)?.name).toBe(name)
})

it('has the values of the chosen metric, and none before they are read', async () => {
  const questions: unknown[] = []
  const main = fakeBridge({
    'runs.query': (question) => {
      questions.push(question)
      const rows = [{ runId: 'run00001', cells: [0.125] }, { runId: 'run00002', cells: [null] }]
      return { ok: true, notIndexed: 0, total: 2, totalGroups: 0, rows, groups: [] }
    },
  })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const chosen = ref('last20')
  const metric = computed(() => sweptMetrics(runs, 9).find(({ value }) => value === chosen.value)!)
  const valueOf = useSweptValues('0sweep000001', metric, computed(() => runs))
  expect(runs.map(valueOf.value)).toEqual([0.5, 0.25])
  expect(questions).toEqual([])
  chosen.value = 'best'
  expect(runs.map(valueOf.value)).toEqual([null, null])
  await nextTick()
  await vi.waitFor(() => { expect(runs.map(valueOf.value)).toEqual([0.125, null]) })
  expect(questions).toMatchObject([{ query: 'sweep = "0sweep000001"', shelf: null, columns: ['loss.best'] }])
  chosen.value = 'mean'
  expect(runs.map(valueOf.value)).toEqual([null, null])
})
