import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { useDesign } from '../../../../src-renderer/stores/design.ts'
import { useRunName } from '../../../../src-renderer/stores/run-name.ts'
import { fakeStorage } from '../fixtures.ts'

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

test('a run is shown by its name, else by the title of its preset, else by its id', () => {
  useDesign().presets = [{ id: 'pattern-generation/fp32', title: 'FP32 e-prop' }] as ReturnType<typeof useDesign>['presets']
  const nameOf = useRunName()
  expect(nameOf({ name: 'Mine', preset: 'pattern-generation/fp32', runId: 'a' })).toBe('Mine')
  expect(nameOf({ name: '', preset: 'pattern-generation/fp32', runId: 'a' })).toBe('FP32 e-prop')
  expect(nameOf({ name: '', preset: 'own/deleted', runId: 'a' })).toBe('own/deleted')
  expect(nameOf({ name: '', preset: '', runId: 'a' })).toBe('a')
})
