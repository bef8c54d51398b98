import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { useApplication } from '../../../../src-renderer/stores/application.ts'
import { useNavigation } from '../../../../src-renderer/stores/navigation.ts'
import type { RunSummary } from '../../../../src-renderer/stores/runs.ts'
import { actionsOf, checkpointPlace, errorLine, titleOf, useRunActions } from '../../../../src-renderer/views/run/run-actions.ts'
import { fakeBridge, fakeStorage, summaryOf } from '../fixtures.ts'

vi.mock('element-plus', () => ({ ElMessage: { error: vi.fn(), success: vi.fn() } }))

describe('available actions of a run', () => {
  test.each([
    ['queued', ['pause', 'stop']], ['running', ['pause', 'stop']], ['paused', ['resume']], ['stopped', ['retry', 'resume']],
    ['failed', ['retry', 'resume']], ['interrupted', ['retry', 'resume']], ['done', ['retry']],
  ] as const)('with status %s', (status, actions) => expect(actionsOf(summaryOf({ status }))).toEqual(actions))
})

test.each([
  [null, null, 'Continue from the start'], [0, null, 'Continue from the start'], [36, 'after epoch 12', 'Continue after epoch 12'],
  [37, 'within epoch 13', 'Continue within epoch 13'], [2, 'within epoch 1', 'Continue within epoch 1'],
])('with three sequences per epoch, a checkpoint at sequence %s is %s', (checkpoint, place, title) => {
  const run = summaryOf({ checkpoint, epochs: 250, sequences: 750, status: 'paused' })
  expect(checkpointPlace(run)).toBe(place)
  expect(titleOf('resume', run)).toBe(title)
})

test('an error is shown with what is saved', () => {
  const error = { code: 'engine-error', message: 'the engine broke' }
  expect(errorLine(summaryOf())).toBeNull()
  expect(errorLine(summaryOf({ status: 'failed', error }))).toBe('The engine broke. All data recorded before the error is saved.')
  expect(errorLine(summaryOf({ status: 'paused', error, checkpoint: 36 })))
    .toBe('The engine broke. All data recorded before the error is saved. The last checkpoint is after epoch 12.')
})

describe('actions', () => {
  const keys = { pause: 'Space', stop: 'S', resume: 'U', retry: 'T' }
  let run: RunSummary | null

  function actionsWith(answers: Record<string, (input: never) => unknown>) {
    vi.stubGlobal('window', { chalcogen: fakeBridge(answers).bridge })
    const actions = useRunActions(() => run, keys)
    const command = (key: string) => actions.commands.find((one) => one.key === key)
    return { actions, command }
  }

  beforeEach(() => {
    vi.stubGlobal('localStorage', fakeStorage())
    setActivePinia(createPinia())
    run = summaryOf({ status: 'paused' })
  })

  test('are blocked by the status of the run', () => {
    const { command } = actionsWith({})
    expect(command('Space')?.blocked?.()).toBe('This run is not running.')
    expect(command('U')?.blocked?.()).toBeNull()
    expect(command('T')?.blocked?.()).toBe('This run is paused.')
    run = null
    expect(command('U')?.blocked?.()).toBe('Select a run first.')
  })

  test('that write are blocked in a read-only library', async () => {
    const { command } = actionsWith({ 'app.info': () => ({ readOnly: 'The library is read-only.' }) })
    await useApplication().refresh()
    expect(command('U')?.blocked?.()).toBe('The library is read-only.')
  })

  test('are pending until they are answered, one at a time per run', async () => {
    const asked: string[] = []
    const { actions } = actionsWith({ 'runs.resume': ({ runId }: { runId: string }) => void asked.push(runId) })
    const resumed = actions.act('resume')
    expect(actions.pendingAction.value).toBe('resume')
    await actions.act('resume')
    run = summaryOf({ runId: 'another0', status: 'paused' })
    await Promise.all([resumed, actions.act('resume')])
    expect(asked).toEqual(['run00001', 'another0'])
    expect(actions.pendingAction.value).toBeNull()
  })

  test('a retry opens the new run, and a refused retry leaves the screen unchanged', async () => {
    run = summaryOf({ status: 'done' })
    await actionsWith({}).actions.act('retry')
    expect(useNavigation().screen).toBe('library')
    await actionsWith({ 'runs.retry': () => ({ runId: 'newrun00' }) }).actions.act('retry')
    expect([useNavigation().screen, useNavigation().runId]).toEqual(['run', 'newrun00'])
  })
})
