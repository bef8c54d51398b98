import { expect, test, vi } from 'vitest'
import { noLog } from '../../../../src-main/app/log/log.ts'
import { logSlowCalls } from '../../../../src-main/app/log/slow-calls.ts'

function slowCalls() {
  const write = vi.fn()
  const clock = { ms: 0 }
  const timed = logSlowCalls({ ...noLog, write }, () => clock.ms)
  return { timed, clock, lines: () => write.mock.calls.map(([level, text]) => `${level}: ${text}`) }
}

test('writes a line for a call of more than 40 ms, with its name and duration', () => {
  const { timed, lines } = slowCalls()
  timed('Call runs.list', 40)
  timed('Call runs.get', 40.6)
  expect(lines()).toEqual(['warning: Call runs.get took 41 ms.'])
})

test('writes one line in ten seconds about one call, and counts the others', () => {
  const { timed, clock, lines } = slowCalls()
  for (const ms of [100, 200, 300]) timed('Library operation putArrays', ms)
  timed('Library operation list', 50)
  clock.ms = 10_000
  timed('Library operation putArrays', 400)
  clock.ms = 20_000
  timed('Library operation putArrays', 500)
  expect(lines()).toEqual([
    'warning: Library operation putArrays took 100 ms.',
    'warning: Library operation list took 50 ms.',
    'warning: Library operation putArrays took 400 ms (and 2 more were slow since the last such line).',
    'warning: Library operation putArrays took 500 ms.',
  ])
})
