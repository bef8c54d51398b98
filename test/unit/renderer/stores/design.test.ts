import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { diskEstimate } from '../../../../src-engine/experiment/estimate.ts'
import { readSpec } from '../../../../src-engine/experiment/document.ts'
import { specSchema } from '../../../../src-engine/experiment/spec.ts'
import { FIRST_PRESET, useDesign } from '../../../../src-renderer/stores/design.ts'
import { fakeBridge, fakeStorage } from '../fixtures.ts'

const preset = {
  id: 'pattern-generation/sign', title: 'Sign', description: '', provenance: '', own: false,
  spec: specSchema.parse({ preset: 'pattern-generation/sign', scheme: { kind: 'sign' }, seed: 7 }),
}

const first = { ...preset, id: FIRST_PRESET, spec: specSchema.parse({ preset: FIRST_PRESET, scheme: { kind: 'mixed-precision' } }) }

/** Opens a new window with the same profile. */
function reopened() {
  setActivePinia(createPinia())
  return useDesign()
}

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  vi.stubGlobal('window', { chalcogen: fakeBridge({ 'presets.list': () => [preset, first] }).bridge })
})

describe('the draft', () => {
  test('starts with the defaults of the schema and is ready to run', () => {
    const design = reopened()
    expect(design.document).toEqual(specSchema.parse({}))
    expect(design.ready).toBe(true)
    expect(design.size?.sequences).toBe(750)
    expect(design.size?.disk).toBe(diskEstimate(specSchema.parse({})))
  })

  test('has warnings about its results', () => {
    const design = reopened()
    design.put('scheme', { kind: 'sign' })
    expect(design.warnings).toEqual([])
    design.put('conventions.timeline', 'immediate')
    expect(design.warnings).toMatchObject([{ path: 'conventions.timeline' }])
  })

  test('starts with a preset that learns at the first start, with nothing to undo', async () => {
    const design = reopened()
    await design.loadPresets()
    expect(design.document).toEqual(first.spec)
    expect(design.canUndo).toBe(false)
    design.useDefaults()
    const again = reopened()
    await again.loadPresets()
    expect(again.document).toEqual(specSchema.parse({}))
  })

  test('is not replaced when presets load late', async () => {
    const design = reopened()
    const loaded = design.loadPresets()
    design.put('name', 'mine')
    await loaded
    expect(design.document).toEqual({ ...specSchema.parse({}), name: 'mine' })
  })

  test('survives a crash of the window, invalid input included', () => {
    reopened().put('network.threshold', '1e999')
    const design = reopened()
    expect(design.document).toMatchObject({ network: { threshold: '1e999', tauOutput: 30 } })
    expect(design.ready).toBe(false)
    expect(design.size).toBeNull()
    expect(design.problems.map(({ path }) => path)).toEqual(['network.threshold'])
  })

  test('ignores a damaged draft', () => {
    localStorage.setItem('chalcogen.draft', '{"seed":')
    expect(reopened().document).toEqual(specSchema.parse({}))
    localStorage.setItem('chalcogen.draft', '[1, 2]')
    expect(reopened().document).toEqual(specSchema.parse({}))
  })

  test('reports when it cannot be saved', () => {
    vi.stubGlobal('localStorage', fakeStorage(100))
    const design = reopened()
    design.put('name', 'x')
    expect(design.draftIsSaved).toBe(false)
  })

  test('keystrokes in one field are one undo step, per field', () => {
    const design = reopened()
    for (const text of ['s', 'se', 'sea']) design.type('name', text)
    design.type('seed', 1)
    design.undo()
    expect(design.document).toMatchObject({ name: 'sea', seed: 42 })
    design.undo()
    expect(design.document.name).toBe('')
    expect(design.canUndo).toBe(false)
    design.redo()
    expect(design.document.name).toBe('sea')
    design.put('name', 'other')
    expect(design.canRedo).toBe(false)
  })

  test('resetting a value is an undo step of its own, even after typing in the same field', () => {
    const design = reopened()
    design.type('name', 'sea')
    design.put('name', '')
    design.undo()
    expect(design.document.name).toBe('sea')
  })

  test('is compared with its preset', async () => {
    const design = reopened()
    await design.loadPresets()
    design.usePreset(preset)
    expect(design.preset?.id).toBe(preset.id)
    expect(design.base).toEqual(preset.spec)
    design.useDefaults()
    expect(design.preset).toBeNull()
  })
})

describe('an imported signal', () => {
  test('drops the samples of the previous column', () => {
    const design = reopened()
    design.put('task', { kind: 'signal', file: 'a.csv', column: 'x', samples: [1, 2] })
    design.setSignal({ column: 'y' })
    expect(design.document.task).toEqual({ kind: 'signal', file: 'a.csv', column: 'y' })
  })

  test('drops the layout of the previous file', () => {
    const design = reopened()
    design.put('task', { kind: 'signal', file: 'a.csv', time: 't', layout: { from: 3 }, gaps: 'drop', samples: [1, 2] })
    design.setSignal({ file: 'b.csv' })
    expect(design.document.task).toEqual({ kind: 'signal', file: 'b.csv', gaps: 'drop' })
  })

  const checkOf = (given: object) =>
    ({ problems: [], warnings: [], notes: [], extra: { memory: 0, disk: 0 }, drawing: null, ...given })

  let drafts = 0

  /** A draft with a signal whose file the main process judges like this. */
  function judged(check: object | null) {
    const file = `/data/${drafts++}.csv`
    const asked: object[] = []
    const answer = (input: { spec: { task: { file: string } } }) => {
      // Drafts of other tests may still ask.
      if (input.spec.task.file === file) asked.push(input)
      return check
    }
    const answers = { 'signal.check': answer }
    vi.stubGlobal('window', { chalcogen: fakeBridge(answers).bridge })
    const design = reopened()
    design.put('task', { kind: 'signal', file })
    return { design, asked }
  }

  test('keeps the start shut while its file is read, and if it cannot be used', async () => {
    const problem = { path: 'task.gaps', rule: 'has an error', found: '' }
    const { design } = judged(checkOf({ problems: [problem] }))
    expect([design.ready, design.startable, design.isChecking]).toEqual([true, false, true])
    await vi.waitFor(() => expect(design.isChecking).toBe(false))
    expect([design.ready, design.startable, design.problems]).toEqual([true, false, [problem]])
    design.put('task', { kind: 'sinusoids' })
    expect([design.startable, design.problems]).toEqual([true, []])
  })

  test('shows its warnings and counts its samples', async () => {
    const warnings = [{ path: 'task.samples', message: 'The signal is flat.' }]
    const { design } = judged(checkOf({ warnings, extra: { memory: 400, disk: 7000 }, drawing: {} }))
    const before = design.size!
    await vi.waitFor(() => expect(design.isChecking).toBe(false))
    expect(design.warnings).toEqual(warnings)
    expect(design.size).toEqual({ ...before, memory: before.memory + 400, disk: before.disk + 7000 })
    expect(design.startable).toBe(true)
  })

  test('that the user has not chosen is judged at the start', async () => {
    const { design } = judged(null)
    await vi.waitFor(() => expect(design.isChecking).toBe(false))
    expect(design.startable).toBe(true)
  })

  test('is judged once for several changes, and not for changes of other groups', async () => {
    const { design, asked } = judged(checkOf({}))
    design.put('task.steps', 300)
    await vi.waitFor(() => expect(asked).toHaveLength(1))
    design.put('seed', 8)
    design.put('task.patterns', 2)
    expect(design.isChecking).toBe(false)
    await vi.waitFor(() => expect(asked).toHaveLength(2))
    expect(asked[1]).toMatchObject({ spec: { seed: 8, task: { patterns: 2, steps: 300 } } })
  })
})

describe('starting', () => {
  test('sends the draft unchanged and returns the new run', async () => {
    const sent: unknown[] = []
    const start = ({ spec }: { spec: unknown }) => {
      sent.push(spec)
      return { ok: true, runId: 'run00001' }
    }
    vi.stubGlobal('window', { chalcogen: fakeBridge({ 'runs.start': start }).bridge })
    const design = reopened()
    expect(await design.start()).toBe('run00001')
    expect(sent).toEqual([design.document])
  })

  test('keeps problems from the main process until the draft changes', async () => {
    const problems = [{ path: 'task.file', rule: 'does not exist', found: '' }]
    vi.stubGlobal('window', { chalcogen: fakeBridge({ 'runs.start': () => ({ ok: false, problems }) }).bridge })
    const design = reopened()
    expect(await design.start()).toBeNull()
    expect(design.problems).toEqual(problems)
    expect(design.starting).toBe(false)
    design.put('seed', 1)
    expect(design.problems).toEqual([])
  })
})

describe('user presets', () => {
  const own = (spec: unknown) => ({ id: 'own/mine', title: 'Mine', description: '', provenance: '', own: true, spec: specSchema.parse({ ...spec as object, preset: 'own/mine' }) })

  test('saving lists the preset and makes it the preset of an unchanged draft', async () => {
    vi.stubGlobal('window', { chalcogen: fakeBridge({ 'presets.save': ({ spec }: { spec: object }) => ({ ok: true, preset: own(spec) }) }).bridge })
    const design = reopened()
    design.put('seed', 8)
    expect(await design.savePreset({ title: 'Mine', description: '', provenance: '' })).toEqual([])
    expect(design.preset).toMatchObject({ id: 'own/mine', own: true, spec: { seed: 8 } })
    expect(design.base).toEqual(design.document)
    design.undo()
    expect(design.document).toMatchObject({ preset: '', seed: 8 })
  })

  test('a rejected preset reports its problems and changes nothing', async () => {
    const problems = [{ path: 'title', rule: 'must not be the title of another preset', found: '"Mine"' }]
    vi.stubGlobal('window', { chalcogen: fakeBridge({ 'presets.save': () => ({ ok: false, problems }) }).bridge })
    const design = reopened()
    expect(await design.savePreset({ title: 'Mine', description: '', provenance: '' })).toEqual(problems)
    expect([design.presets.length, design.canUndo]).toEqual([0, false])
  })

  test('a deleted preset can be restored', async () => {
    const kept = own({ seed: 8 })
    let deleted = false
    vi.stubGlobal('window', { chalcogen: fakeBridge({
      'presets.list': () => [first, kept], 'presets.delete': () => ({ deleted }), 'presets.save': () => ({ ok: true, preset: kept }),
    }).bridge })
    const design = reopened()
    await design.loadPresets()
    design.usePreset(kept)
    await design.deletePreset(kept)
    expect(design.preset?.id).toBe('own/mine')
    deleted = true
    await design.deletePreset(kept)
    expect(design.preset).toBeNull()
    expect(design.document).toMatchObject({ seed: 8 })
    await design.restorePreset(kept)
    expect(design.preset?.id).toBe('own/mine')
  })
})

describe('a spec from a file', () => {
  /** As the main process reads it in a thread. */
  const readBy = (text: string) => {
    const read = readSpec(text)
    return read.ok ? { ok: true, text: JSON.stringify(read.spec) } : read
  }
  const importing = async (text: string) => {
    vi.stubGlobal('window', { chalcogen: fakeBridge({ 'spec.import': () => ({ file: '/home/me/mine.json', read: readBy(text) }) }).bridge })
    const design = reopened()
    design.put('seed', 1)
    await design.importSpec()
    return design
  }

  test('replaces the draft in one undo step if it is valid', async () => {
    const design = await importing('{"seed": 7, "scheme": {"kind": "sign"}}')
    expect(design.document).toEqual(specSchema.parse({ seed: 7, scheme: { kind: 'sign' } }))
    expect(design.refusedFile).toBeNull()
    design.undo()
    expect(design.document).toEqual({ ...specSchema.parse({}), seed: 1 })
  })

  test.each([
    ['invalid JSON', 'seed: 7', ['']],
    ['invalid values', '{"seed": "x", "training": {"epochs": 0}}', ['seed', 'training.epochs']],
    ['unknown names', '{"sead": 7}', ['sead']],
  ])('%s: rejected by path, with the draft unchanged', async (_, text, paths) => {
    const design = await importing(text)
    expect(design.refusedFile?.file).toBe('mine.json')
    expect(design.refusedFile?.problems.map(({ path }) => path)).toEqual(paths)
    expect(design.document).toEqual({ ...specSchema.parse({}), seed: 1 })
    design.forgetRefusedFile()
    expect(design.refusedFile).toBeNull()
  })

  test('can be dropped on the window, and is read by the main process, which knows its folder', async () => {
    const read = vi.fn(({ file }: { file: string }) => ({ file, read: readBy('{"seed": 8}') }))
    vi.stubGlobal('window', { chalcogen: fakeBridge({ 'spec.import': read }).bridge })
    const design = reopened()
    await design.importFile(new File(['{"seed": 7}'], 'mine.json'))
    expect(read).toHaveBeenCalledExactlyOnceWith({ kind: 'experiment', file: '/dropped/mine.json' })
    expect(design.document).toMatchObject({ seed: 8 })
  })

  test('can be dropped without a place on the disk; a file that is too large or not text is rejected', async () => {
    const { bridge } = fakeBridge({ 'presets.list': () => [preset, first], 'spec.read': ({ text }) => readBy((text as string)) })
    const takeDropped = async () => ({ ok: false as const, code: 'bad-input' as const, message: 'no file of this computer' })
    vi.stubGlobal('window', { chalcogen: { ...bridge, takeDropped } })
    const design = reopened()
    await design.importFile(new File(['{"seed": 7}'], 'mine.json'))
    expect(design.document).toMatchObject({ seed: 7 })
    await design.importFile(new File([new Uint8Array(10_000_001)], 'large.json'))
    expect(design.refusedFile).toMatchObject({ file: 'large.json', problems: [{ rule: 'must be at most 10 MB' }] })
    await design.importFile(new File([Uint8Array.of(0x7b, 0xff, 0x7d)], 'picture.json'))
    expect(design.refusedFile).toMatchObject({ file: 'picture.json', problems: [{ rule: 'must be a JSON document in UTF-8' }] })
    expect(design.document).toMatchObject({ seed: 7 })
  })

  test('exports the complete draft under its name', async () => {
    const requests: unknown[] = []
    const write = (input: unknown) => {
      requests.push(input)
      return { files: ['/home/me/sea.json'] }
    }
    vi.stubGlobal('window', { chalcogen: fakeBridge({ 'spec.export': write }).bridge })
    const design = reopened()
    design.put('name', 'sea')
    expect(await design.exportSpec()).toBe('/home/me/sea.json')
    expect(requests).toEqual([{ name: 'sea', document: specSchema.parse({ name: 'sea' }) }])
  })
})
