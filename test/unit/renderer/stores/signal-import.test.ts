import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import type { SignalPreview } from '../../../../src-main/contract/signal.ts'
import { useDesign } from '../../../../src-renderer/stores/design.ts'
import { useSignalImport } from '../../../../src-renderer/stores/signal-import.ts'
import { fakeBridge, fakeStorage } from '../fixtures.ts'

const layout = { encoding: 'utf-8', delimiter: 'semicolon', decimal: 'comma', thousands: 'none', header: 1, units: 0, from: 2, to: 0 } as const
const column = { unit: '', content: 'number', role: 'signal', why: '', length: 3, gaps: 0, firstGap: 0, problem: null } as const
const whole: SignalPreview = {
  file: '/data/a.csv', bytes: 10, isWhole: true, isText: true, rows: [], layout, confidence: 'certain', why: [], alternatives: [],
  columns: [{ ...column, name: 't', role: 'time' }, { ...column, name: 'x' }], chosen: ['x'], time: 't', samples: 3, notes: [], problems: [],
}

interface Asked { part: 'head' | 'whole'; choice: object }

/** A window whose main process answers each preview with `answer`. */
function started(answer: (asked: Asked) => unknown) {
  const asked: Asked[] = []
  const { bridge, emit } = fakeBridge({
    'signal.choose': () => ({ file: '/data/a.csv' }),
    'signal.cancel': () => ({}),
    'signal.preview': (input: Asked) => {
      asked.push(input)
      return answer(input)
    },
  })
  vi.stubGlobal('window', { chalcogen: bridge })
  setActivePinia(createPinia())
  return { asked, emit, design: useDesign(), signal: useSignalImport() }
}

const read = (preview: Partial<SignalPreview> = {}) => ({ ok: true, preview: { ...whole, ...preview } })

beforeEach(() => vi.stubGlobal('localStorage', fakeStorage()))

test('a small file is read once, a long one from its beginning and then to its end', async () => {
  const small = started(() => read())
  await small.signal.choose()
  expect(small.asked.map(({ part }) => part)).toEqual(['head'])
  expect(small.signal.isReady).toBe(true)
  const long = started(({ part }) => read({ isWhole: part === 'whole', samples: part === 'whole' ? 9 : 3 }))
  await long.signal.choose()
  expect(long.asked.map(({ part }) => part)).toEqual(['head', 'whole'])
  expect(long.signal.preview?.samples).toBe(9)
})

test('everything that was guessed or chosen becomes part of the draft, in one step', async () => {
  const { design, signal } = started(() => read())
  await signal.choose()
  await signal.change({ gaps: 'drop' })
  signal.use()
  expect(signal.file).toBeNull()
  expect(design.document.task).toMatchObject({ kind: 'signal', file: '/data/a.csv', column: 'x', time: 't', layout, gaps: 'drop' })
  expect(design.signal?.columns.map(({ name }) => name)).toEqual(['t', 'x'])
  design.undo()
  expect(design.document.task).toMatchObject({ kind: 'sinusoids' })
})

test('a signal replaces the one before with its samples, and keeps the timing', async () => {
  const { design, signal } = started(() => read({ chosen: ['t', 'x'] }))
  design.put('task', { kind: 'signal', file: 'old.csv', column: 'y', layout: { from: 9 }, steps: 321, patterns: 4, samples: [1, 2] })
  await signal.choose()
  signal.use()
  expect(design.document.task).toEqual({ kind: 'signal', file: '/data/a.csv', column: '', columns: ['t', 'x'], time: 't', layout, steps: 321, patterns: 4 })
})

test('a change is read again with all other choices, and can be taken back', async () => {
  const { asked, signal } = started(() => read())
  await signal.choose()
  await signal.setLayout({ decimal: 'point' })
  await signal.setLayout({ from: 4 })
  const reading = signal.setColumns(['t', 'x'])
  expect(signal.chosen).toEqual(['t', 'x'])
  await reading
  expect(asked.at(-1)!.choice).toEqual({ column: '', columns: ['t', 'x'], layout: { decimal: 'point', from: 4 } })
  await signal.setLayout({ decimal: undefined })
  expect(asked.at(-1)!.choice).toMatchObject({ layout: { from: 4 } })
  await signal.guessAgain()
  expect(asked.at(-1)!.choice).toEqual({ column: '', layout: {} })
})

test('a signal with a problem cannot be used, and says why only after all of the file was read', async () => {
  const problems = [{ path: `Column 'x'`, rule: 'has 2 gaps', found: '' }]
  let finish: ((preview: object) => void) | null = null
  const { design, signal, emit } = started(({ part }) => (part === 'head' ? read({ isWhole: false, problems }) : new Promise<object>((resolve) => { finish = resolve })))
  const reading = signal.choose()
  await vi.waitFor(() => expect(signal.preview).not.toBeNull())
  emit('signal.progress', { share: 0.4 })
  expect([signal.share, signal.problems, signal.isReady]).toEqual([0.4, [], false])
  await vi.waitFor(() => expect(finish).not.toBeNull())
  finish!(read({ problems }))
  await reading
  expect([signal.share, signal.problems, signal.isReady]).toEqual([null, problems, false])
  signal.use()
  expect(design.document.task).toMatchObject({ kind: 'sinusoids' })
})

test('a file that cannot be opened says why, and one that the user keeps to himself closes the dialog', async () => {
  const problems = [{ path: '', rule: 'does not exist', found: '' }]
  const missing = started(() => ({ ok: false, problems }))
  await missing.signal.choose()
  expect([missing.signal.problems, missing.signal.isReady]).toEqual([problems, false])
  const kept = started(() => ({ ok: true, preview: null }))
  await kept.signal.choose()
  expect(kept.signal.file).toBeNull()
})

test('a reading that was stopped keeps what it has, and can be continued', async () => {
  const { bridge } = fakeBridge({ 'signal.choose': () => ({ file: 'a' }), 'signal.cancel': () => ({}) })
  let isStopped = true
  vi.stubGlobal('window', { chalcogen: { ...bridge, call: async (name: string, input: Asked) => {
    if (name !== 'signal.preview') return bridge.call(name, input)
    if (input.part === 'head') return { ok: true, value: read({ isWhole: false }) }
    return isStopped ? { ok: false, code: 'cancelled', message: 'cancelled' } : { ok: true, value: read() }
  } } })
  setActivePinia(createPinia())
  const signal = useSignalImport()
  await signal.choose()
  expect([signal.isStopped, signal.isReady]).toEqual([true, false])
  isStopped = false
  await signal.readOn()
  expect([signal.isStopped, signal.isReady]).toEqual([false, true])
})
