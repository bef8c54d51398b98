import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { createEventHub } from '../../../src-main/app/events.ts'
import { Interrupted, Interruption } from '../../../src-main/cli/interruption.ts'
import { createOutput } from '../../../src-main/cli/output.ts'
import { cancellable, withApp, withLibrary } from '../../../src-main/cli/surroundings.ts'
import { createApp } from '../../../src-main/app/app.ts'
import { temporaryFolder } from '../../fixtures/temporary-folder.ts'

vi.mock('../../../src-main/app/app.ts', { spy: true })

const output = (writeError: (text: string) => void = () => {}) =>
  createOutput({ isLive: false, writeOut: () => {}, writeError }, false, new Interruption())

test('a command that needs a library says so if there is none', async () => {
  const library = join(temporaryFolder(), 'library.chalcogen')
  await expect(withLibrary(library, output(), (app) => app.list())).rejects.toThrow('does not exist')
  expect(await withApp(library, output(), (app) => app.list())).toEqual([])
})

test('every notice of the library reaches standard error, and a repeated one once', async () => {
  const { emit, ...events } = createEventHub()
  vi.mocked(createApp).mockResolvedValueOnce({ events, close: async () => {} } as never)
  let said = ''
  const notice = (level: 'info' | 'warning' | 'error', message: string) => emit('library.notice', { level, message })
  await withApp(join(temporaryFolder(), 'library.chalcogen'), output((text) => { said += text }), async () => {
    for (let retry = 0; retry < 3; retry++) for (const run of ['a', 'b']) notice('warning', `Run ${run} is waiting.`)
    notice('info', 'Run a has resumed.')
    notice('warning', 'Run a is waiting.')
    notice('error', 'Could not update run a.')
  })
  expect(said.trim().split('\n')).toEqual([
    'Run a is waiting.', 'Run b is waiting.', 'Run a has resumed.', 'Run a is waiting.', 'Could not update run a.',
  ])
})

test('a signal interrupts the runs and tasks of a command, and leaves work that does not end', async () => {
  const interrupt = vi.fn(async () => {})
  const close = vi.fn(async () => {})
  vi.mocked(createApp).mockResolvedValueOnce({ events: createEventHub(), interrupt, close } as never)
  const interrupted = output()
  const ended = withApp(join(temporaryFolder(), 'library.chalcogen'), interrupted, () => new Promise(() => {}))
  await vi.waitUntil(() => vi.mocked(createApp).mock.settledResults.at(-1)?.type === 'fulfilled')
  await new Promise((resolve) => { setTimeout(resolve, 20) })
  interrupted.interruption.receive('SIGTERM')
  await expect(ended).rejects.toBeInstanceOf(Interrupted)
  expect(interrupt).toHaveBeenCalledWith('interrupted')
  expect(close).toHaveBeenCalledOnce()
})

test('a signal aborts a task on a closed library and waits until it has cleaned up', async () => {
  const interrupted = output()
  let cleaned = false
  const ended = cancellable(interrupted, (signal) => new Promise((_, reject) => {
    signal.addEventListener('abort', () => setTimeout(() => {
      cleaned = true
      reject(new Error('The check was cancelled.'))
    }, 50))
  }))
  interrupted.interruption.receive('SIGINT')
  await expect(ended).rejects.toThrow('The check was cancelled.')
  expect(cleaned).toBe(true)
})
