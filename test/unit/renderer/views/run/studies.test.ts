import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { specSchema } from '../../../../../src-engine/experiment/spec.ts'
import { useDesign } from '../../../../../src-renderer/stores/design.ts'
import { useNavigation } from '../../../../../src-renderer/stores/navigation.ts'
import { useSweepDraft } from '../../../../../src-renderer/stores/sweep-draft.ts'
import { useStudies, whyNoStudy } from '../../../../../src-renderer/views/run/studies.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../../fixtures.ts'

vi.mock('element-plus', () => ({ ElMessage: { info: () => undefined } }))

const specOf = (kind: string) => specSchema.parse({ seed: 7, scheme: { kind } })
const studied = (kind: string, status: 'done' | 'running' = 'done') => ({ summary: summaryOf({ status }), spec: specOf(kind) })

beforeEach(() => {
  setActivePinia(createPinia())
  vi.stubGlobal('localStorage', fakeStorage())
  vi.stubGlobal('window', { chalcogen: fakeBridge({}).bridge })
})

describe('studies of a run', () => {
  test('are not all possible for all runs', () => {
    expect(whyNoStudy('ablation', studied('sign'))).toBe(null)
    expect(whyNoStudy('ablation', studied('fp32'))).toContain('FP32 scheme uses no devices')
    expect(whyNoStudy('ablation', studied('sign', 'running'))).toBe('This run has not finished yet.')
    expect(whyNoStudy('conventions', studied('fp32', 'running'))).toBe(null)
    expect(whyNoStudy('conventions', null)).toBe('Select a run first.')
  })

  test('open in the sweep builder and can be undone', () => {
    const draft = useSweepDraft()
    useStudies(() => studied('mixed-precision')).open('ablation')
    expect(useNavigation()).toMatchObject({ screen: 'design', designView: 'sweep' })
    expect(useDesign().document.scheme).toMatchObject({ kind: 'mixed-precision' })
    expect(draft.expanded.ok && draft.expanded.sweep).toMatchObject({ seeds: [7, 8, 9, 10, 11], comparison: { reference: 'all on' } })
    expect(draft.variants.map(({ label }) => label)).toEqual(expect.arrayContaining(['all on', 'no drift', 'all off']))
    draft.undo()
    expect(draft.variants).toEqual([])
  })

  test('do nothing if they are blocked', () => {
    useStudies(() => studied('fp32')).open('ablation')
    expect(useSweepDraft().variants).toEqual([])
  })
})
