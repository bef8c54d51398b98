import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { useDesign } from '../../../../src-renderer/stores/design.ts'
import { useSweepDraft } from '../../../../src-renderer/stores/sweep-draft.ts'
import { fakeBridge, fakeStorage } from '../fixtures.ts'

let sent: unknown[] = []
let answer: unknown = { ok: true, sweepId: 'sweep0001' }

function opened() {
  setActivePinia(createPinia())
  const main = fakeBridge({
    'sweeps.start': ({ sweep }: { sweep: unknown }) => {
      sent.push(sweep)
      return answer
    },
  })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  return { draft: useSweepDraft(), design: useDesign() }
}

beforeEach(() => {
  sent = []
  answer = { ok: true, sweepId: 'sweep0001' }
  vi.stubGlobal('localStorage', fakeStorage())
})

const schemes = { kind: 'list', path: 'scheme.kind', values: ['sign', 'stochastic', 'fp32'] }

const counts = ({ expanded }: ReturnType<typeof useSweepDraft>) =>
  (expanded.ok ? { arms: expanded.arms.length, runs: expanded.runs.length } : expanded.problems)

describe('the sweep draft', () => {
  test('varies the draft of the Design screen and follows its changes', () => {
    const { draft, design } = opened()
    expect(counts(draft)).toEqual({ arms: 1, runs: 5 })
    draft.addAxis(schemes)
    expect(counts(draft)).toEqual({ arms: 3, runs: 15 })
    design.put('training.epochs', 7)
    expect(draft.expanded.ok && draft.expanded.runs.every((run) => run.spec.training.epochs === 7)).toBe(true)
    design.put('training.epochs', -1)
    expect(draft.problems.map(({ path }) => path)).toEqual(['spec.training.epochs'])
  })

  test('with many arms is expanded after a pause in typing and is stale until then', () => {
    vi.useFakeTimers()
    const { draft } = opened()
    const range = { kind: 'range', path: 'learning.rateRecurrent', from: 1e-5, to: 1e-3, count: 300 }
    draft.addAxis(range)
    expect(counts(draft)).toEqual({ arms: 300, runs: 1500 })
    draft.putAxis(0, { ...range, count: 3 }, 'count')
    expect([draft.isStale, counts(draft)]).toEqual([true, { arms: 300, runs: 1500 }])
    vi.advanceTimersByTime(1000)
    expect([draft.isStale, counts(draft)]).toEqual([false, { arms: 3, runs: 15 }])
    vi.useRealTimers()
  })

  test('is saved at every keystroke and restored in the next window', () => {
    const { draft } = opened()
    draft.addAxis(schemes)
    draft.putAxis(0, { ...schemes, values: 'sig' }, 'values')
    expect(opened().draft.axes).toEqual([{ ...schemes, values: 'sig' }])
  })

  test('is undone without the experiment, with the keystrokes of one input as one step', () => {
    const { draft, design } = opened()
    draft.addAxis(schemes)
    design.put('training.epochs', 7)
    for (const values of ['s', 'si', 'sig']) draft.putAxis(0, { ...schemes, values }, 'values')
    draft.undo()
    expect(draft.axes).toEqual([schemes])
    draft.undo()
    expect(draft.axes).toEqual([])
    expect(draft.canUndo).toBe(false)
    expect(design.document.training).toMatchObject({ epochs: 7 })
    draft.redo()
    expect(draft.axes).toEqual([schemes])
  })

  test('crosses variants with axes; adding, moving and removing one is one undo step', () => {
    const { draft } = opened()
    const labels = () => draft.variants.map(({ label }) => label)
    for (const label of ['sign', 'stochastic', 'fp32']) draft.addVariant({ label, changes: { 'scheme.kind': label } })
    expect(counts(draft)).toEqual({ arms: 3, runs: 15 })
    draft.addAxis({ kind: 'list', path: 'learning.rateOutput', values: [0.001, 0.01] })
    expect(counts(draft)).toEqual({ arms: 6, runs: 30 })
    draft.moveVariant(2, 0)
    expect(labels()).toEqual(['fp32', 'sign', 'stochastic'])
    draft.moveVariant(0, 2)
    draft.removeVariant(1)
    expect(labels()).toEqual(['sign', 'fp32'])
    for (const label of ['', 'S', 'Si']) draft.putVariant(0, { ...draft.variants[0], label }, 'label')
    expect(labels()).toEqual(['Si', 'fp32'])
    draft.undo()
    expect(labels()).toEqual(['sign', 'fp32'])
    draft.putVariant(1, { label: 'fp32', changes: { 'learning.rateInput': 'fast' } })
    expect(draft.problems.map(({ path }) => path)).toEqual(['variants.1.changes.learning.rateInput'])
  })

  test('becomes a tournament with a switch, and typing another budget is one undo step', () => {
    const { draft } = opened()
    draft.compareArms(true)
    expect(draft.comparison).toMatchObject({ budget: { kind: 'epochs' }, reference: '' })
    draft.putComparison({ budget: { kind: 'set', pulses: 100 } })
    expect(draft.expanded.ok && draft.expanded.sweep.comparison?.budget).toEqual({ kind: 'set', pulses: 100 })
    for (const pulses of ['', 'x', -1]) draft.putComparison({ budget: { kind: 'set', pulses } }, 'comparison.budget.pulses')
    expect(draft.problems.map(({ path }) => path)).toEqual(['comparison.budget.pulses'])
    draft.undo()
    expect(draft.problems).toEqual([])
    draft.compareArms(false)
    expect(draft.expanded.ok && draft.expanded.sweep.comparison).toBe(null)
  })

  test('from a file replaces the experiment too, and both can be undone', () => {
    const { draft, design } = opened()
    const before = design.document
    draft.replace({ name: 'three', axes: [schemes], seeds: [1], spec: { training: { epochs: 3 } } })
    expect(design.document).toEqual({ training: { epochs: 3 } })
    expect(counts(draft)).toEqual({ arms: 3, runs: 3 })
    expect(draft.document).toEqual({ name: 'three', axes: [schemes], seeds: [1], spec: { training: { epochs: 3 } } })
    draft.undo()
    design.undo()
    expect(design.document).toEqual(before)
    expect(draft.axes).toEqual([])
  })

  test('keeps an invalid document and reports its problems', () => {
    const { draft } = opened()
    draft.replace({ axes: 'none', seeds: {}, spec: {} })
    expect(draft.axes).toEqual([])
    expect(draft.problems.map(({ path }) => path)).toEqual(['axes', 'seeds'])
    expect(draft.document).toMatchObject({ axes: 'none', seeds: {} })
  })
})

describe('starting', () => {
  test('sends the complete document', async () => {
    const { draft, design } = opened()
    draft.addAxis(schemes)
    expect(await draft.start()).toBe('sweep0001')
    expect(sent).toEqual([{ ...draft.draft, spec: design.document }])
    expect(draft.starting).toBe(false)
  })

  test('keeps problems from the main process until the draft changes', async () => {
    const { draft } = opened()
    answer = { ok: false, problems: [{ path: 'spec.task.file', rule: 'does not exist', found: '' }] }
    expect(await draft.start()).toBe(null)
    expect(draft.problems.map(({ path }) => path)).toEqual(['spec.task.file'])
    draft.put({ name: 'x' })
    expect(draft.problems).toEqual([])
  })
})
