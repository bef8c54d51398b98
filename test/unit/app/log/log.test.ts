import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { createEventHub } from '../../../../src-main/app/events.ts'
import { errorLine, logApp } from '../../../../src-main/app/log/log-app.ts'
import { openLog } from '../../../../src-main/app/log/log.ts'
import { startThread } from '../../../../src-main/threads/threads.ts'
import { run } from '../../transfer/support.ts'

function newLog() {
  const folder = mkdtempSync(join(tmpdir(), 'log-'))
  return openLog('test', { folder, person: { homes: ['/home/maria'], name: 'maria' }, now: () => new Date(0) })
}

const texts = async (log: ReturnType<typeof newLog>) => (await log.last(100)).map((line) => line.replace(/^\S+ (\w+) \[.*?\]/, '$1'))

test('a line has its time, level, process and one line of text without personal paths', async () => {
  const log = newLog()
  log.write('warning', 'Could not read /home/maria/a.csv:\n\u001b[31mbroken')
  log.write('info', 'x'.repeat(3000))
  const [first, long] = await log.last(2)
  expect(first).toBe(`1970-01-01T00:00:00.000Z warning [test ${process.pid}] Could not read ~/a.csv:\\n\\u001b[31mbroken`)
  expect(long).toHaveLength(2001 + `1970-01-01T00:00:00.000Z info [test ${process.pid}] `.length)
})

test('the application writes a line for each failed run and notice, without the message of the failure', async () => {
  const log = newLog()
  const { emit, ...events } = createEventHub()
  const end = logApp(log, events)
  const { summary } = run({})
  const waiting = { level: 'warning', message: 'The disk is full.' } as const
  emit('run.changed', { summary: { ...summary, status: 'running' } })
  emit('run.changed', { summary: { ...summary, status: 'failed', error: { code: 'out-of-memory', message: 'secret' } } })
  emit('library.notice', waiting)
  emit('library.notice', waiting)
  emit('library.notice', { level: 'info', message: 'The queue continues.' })
  emit('library.notice', waiting)
  end()
  emit('library.notice', waiting)
  expect(await texts(log)).toEqual([
    `error Run ${summary.runId} failed: out-of-memory.`, 'warning Notice: The disk is full.', 'info Notice: The queue continues.',
    'warning Notice: The disk is full.',
  ])
})

test('the application writes a line for the death of a thread', async () => {
  const log = newLog()
  const end = logApp(log, createEventHub())
  const thread = startThread(new URL(`data:text/javascript,${encodeURIComponent('throw new Error("out of order")')}`), { name: 'engine' })
  thread.on('error', () => {})
  await vi.waitFor(async () => expect(await texts(log)).toEqual(['error The engine worker died: Error: out of order.']))
  end()
})

test('an error that nobody expected shows where it happened, any other its code', () => {
  expect(errorLine(Object.assign(new Error('no space'), { code: 'disk-full' }))).toBe('disk-full: no space')
  expect(errorLine(new TypeError('x is undefined'))).toMatch(/^TypeError: x is undefined\n\s+at .*log\.test\.ts/)
  expect(errorLine('odd')).toBe('odd')
})
