import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { limits, useLibrary } from '../../../../src-renderer/stores/library.ts'
import { useRuns } from '../../../../src-renderer/stores/runs.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../fixtures.ts'
import { libraryOf } from '../library.ts'

const usage = { fileBytes: 2e9, freeBytes: 5e8, diskBytes: 1e11, runs: { library: 1, archive: 0, trash: 0 }, statuses: {} }
const backup = { file: 'b', bytes: 10, madeAt: '2026-11-01T12:00:00.000Z', reason: 'asked' as const }
const report = { runs: 1, epochs: 2, arrays: 3, checkpoints: 4, bytes: 5, findings: [], stopped: false }
const info = { version: '1', electron: '1', libraryFile: 'l', build: 'source' as const, cores: 2, readOnly: null }
const work = { task: 'check' as const, done: 1, total: 4, unit: 'bytes' as const, rate: 1, secondsLeft: 3, ended: false }

async function connected(answers: Record<string, (input: never) => unknown> = {}) {
  const main = fakeBridge({
    ...libraryOf(() => [summaryOf()]), 'app.info': () => info,
    'library.usage': () => usage, 'library.settings': () => ({ budget: 20e9, backupEvery: 24 }), 'library.backups': () => [backup], 'library.notices': () => [], ...answers,
  })
  vi.stubGlobal('window', { chalcogen: main.bridge })
  const library = useLibrary()
  await Promise.all([library.connect(), useRuns().connect()])
  return { library, emit: main.emit }
}

const settle = () => new Promise((resolve) => { setTimeout(resolve) })

beforeEach(() => {
  vi.stubGlobal('localStorage', fakeStorage())
  setActivePinia(createPinia())
})

test('has the limits of the contract for its settings', () => {
  expect(limits.budget).toMatchObject({ minimum: 1e6, maximum: 1e15 })
  expect(limits.backupEvery).toMatchObject({ minimum: 0, maximum: 8760 })
})

test('knows its disk usage, settings and backups', async () => {
  const { library } = await connected()
  expect([library.usage, library.settings, library.backups]).toEqual([usage, { budget: 20e9, backupEvery: 24 }, [backup]])
})

describe('notices', () => {
  const messages = (notices: readonly { message: string }[]) => notices.map(({ message }) => message)
  const waiting = { level: 'warning' as const, message: 'Run abcdefgh is waiting.', runId: 'abcdefgh' }

  test('all stay until they are dismissed, errors first', async () => {
    const { library, emit } = await connected()
    for (const [level, message] of [['warning', 'slow'], ['error', 'broken'], ['warning', 'full'], ['info', 'fine']]) {
      emit('library.notice', { level, message })
    }
    expect([messages(library.alerts), library.news?.message]).toEqual([['broken', 'full', 'slow'], 'fine'])
    library.dismissNotice(library.alerts[0]!)
    expect(messages(library.alerts)).toEqual(['full', 'slow'])
  })

  test('of the time before the window opened are shown, each once', async () => {
    const early = { level: 'error' as const, message: 'Could not continue a sweep.' }
    const { library } = await connected({ 'library.notices': () => [early, { level: 'info', message: 'old news' }] })
    expect([messages(library.alerts), library.news]).toEqual([[early.message], null])
  })

  test('about a run replace each other, and why it waits is shown elsewhere', async () => {
    const { library, emit } = await connected()
    emit('run.progress', { runId: 'abcdefgh', sequencesDone: 1, sequences: 2, sequencesPerSecond: 0, secondsLeft: null, waiting: 'full' })
    emit('library.notice', waiting)
    expect(library.alerts).toEqual([])
    emit('library.notice', { level: 'info', message: 'Run abcdefgh has resumed.', runId: 'abcdefgh' })
    emit('run.progress', { runId: 'abcdefgh', sequencesDone: 1, sequences: 2, sequencesPerSecond: 0, secondsLeft: null, waiting: null })
    expect([library.alerts, library.news?.message]).toEqual([[], 'Run abcdefgh has resumed.'])
  })

  test('about the queue replace each other, too', async () => {
    const { library, emit } = await connected()
    emit('library.notice', { level: 'warning', message: 'The queue is waiting.', waits: 'queue' })
    emit('library.notice', { level: 'warning', message: 'Ends of runs are not saved yet.', waits: 'ends' })
    emit('library.notice', { level: 'info', message: 'The queue has resumed.', waits: 'queue' })
    expect([messages(library.alerts), library.news?.message]).toEqual([['Ends of runs are not saved yet.'], 'The queue has resumed.'])
  })
})

describe('a long task', () => {
  test('shows the reported progress until it ends', async () => {
    const { library, emit } = await connected()
    emit('library.work', work)
    expect([library.task, library.work, library.canCancel]).toEqual(['check', work, true])
    emit('library.work', { ...work, task: 'backup', ended: true })
    expect(library.task).toBe('check')
    emit('library.work', { ...work, done: 4, ended: true })
    expect([library.task, library.work]).toEqual([null, null])
  })

  test('is shown from the request to the answer, even if it fails', async () => {
    const { library } = await connected({ 'library.check': () => report })
    const checked = library.check(false)
    expect([library.task, library.work?.total]).toEqual(['check', 0])
    await checked
    expect([library.task, library.report]).toEqual([null, report])
    await expect(library.compact()).rejects.toThrow('no library.compact here')
    expect(library.task).toBeNull()
  })

  test('that starts with a dialog has no progress until it is reported', async () => {
    const { library, emit } = await connected({ 'library.move': () => null })
    const moved = library.move()
    expect([library.task, library.work]).toEqual(['move', null])
    emit('library.work', { ...work, task: 'move' })
    expect(library.work?.task).toBe('move')
    expect(library.canCancel).toBe(false)
    expect(await moved).toBeNull()
  })
})

test('reads everything again if the library file was replaced', async () => {
  let listed = [summaryOf()]
  let bytes = 1
  const { library, emit } = await connected({ ...libraryOf(() => listed), 'library.usage': () => ({ ...usage, fileBytes: bytes }) })
  bytes = 7
  const runs = useRuns()
  runs.use(() => ['run00001', 'restored'])
  await settle()
  expect([...runs.byId.keys()]).toEqual(['run00001'])
  listed = [summaryOf({ runId: 'restored' })]
  emit('library.changed', {})
  await settle()
  expect([...runs.byId.keys()]).toEqual(['restored'])
  expect(library.usage?.fileBytes).toBe(7)
})

test('a restore clears the report of the last check', async () => {
  const { library } = await connected({ 'library.check': () => report, 'library.restore': () => ({ setAside: 'old' }) })
  await library.check(false)
  expect(library.report).toEqual(report)
  expect(await library.restore('b')).toBe('old')
  expect(library.report).toBeNull()
})

test('shows the latest news until it is dismissed; a failed read is an alert', async () => {
  let fails = false
  const { library, emit } = await connected({ 'runs.count': () => {
    if (fails) throw new Error('the library is damaged')
    return { ok: true, total: 0, notIndexed: 0 }
  } })
  for (const message of ['first', 'second']) emit('library.notice', { level: 'info', message })
  expect(library.news?.message).toBe('second')
  library.dismissNotice(library.news!)
  expect(library.news?.message).toBe('first')
  fails = true
  emit('library.changed', {})
  await settle()
  expect(library.alerts).toEqual([{ level: 'error', message: 'the library is damaged' }])
})
