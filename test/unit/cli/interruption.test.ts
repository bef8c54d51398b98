import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { exitCodeOf, Interrupted, Interruption } from '../../../src-main/cli/interruption.ts'

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }) })
afterEach(() => { vi.useRealTimers() })

const never = () => new Promise<never>(() => {})

test('exit codes are 128 and the number of the signal', () => {
  expect((['SIGHUP', 'SIGINT', 'SIGTERM'] as const).map(exitCodeOf)).toEqual([129, 130, 143])
})

test('the first signal stops the work and does not end the process', async () => {
  const interruption = new Interruption()
  const stop = vi.fn(async () => {})
  interruption.onStop(stop)
  interruption.check()
  const ended = vi.fn()
  void interruption.endNow.then(ended)
  interruption.receive('SIGTERM')
  await interruption.stopped
  expect(() => interruption.check()).toThrow('Ended by SIGTERM.')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(interruption.signal).toBe('SIGTERM')
  expect(stop).toHaveBeenCalledOnce()
  expect(ended).not.toHaveBeenCalled()
})

test('the first signal ends a process that has no work to stop', async () => {
  const interruption = new Interruption()
  interruption.onStop(never)()
  interruption.receive('SIGHUP')
  expect(await interruption.endNow).toBe(129)
})

test('a second signal waits for a checkpoint that is being saved, but not long', async () => {
  const patient = new Interruption()
  let save = () => {}
  patient.onStop(() => new Promise<void>((resolve) => { save = resolve }))
  patient.receive('SIGINT')
  await vi.advanceTimersByTimeAsync(500)
  const ended = vi.fn()
  void patient.endNow.then(ended)
  patient.receive('SIGINT')
  await vi.advanceTimersByTimeAsync(300)
  expect(ended).not.toHaveBeenCalled()
  save()
  await vi.advanceTimersByTimeAsync(0)
  expect(ended).toHaveBeenCalledWith(130)

  const stuck = new Interruption()
  stuck.onStop(never)
  stuck.receive('SIGINT')
  await vi.advanceTimersByTimeAsync(500)
  stuck.receive('SIGTERM')
  await vi.advanceTimersByTimeAsync(2000)
  expect(await stuck.endNow).toBe(130)
})

test('one Ctrl+C that npm passes on again counts once', async () => {
  const interruption = new Interruption()
  interruption.onStop(never)
  const ended = vi.fn()
  void interruption.endNow.then(ended)
  interruption.receive('SIGINT')
  await vi.advanceTimersByTimeAsync(50)
  interruption.receive('SIGINT')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(ended).not.toHaveBeenCalled()
})

test('work that does not end after it was stopped is left', async () => {
  const interruption = new Interruption()
  interruption.onStop(async () => {})
  const left = expect(interruption.unless(never(), 1000)).rejects.toBeInstanceOf(Interrupted)
  interruption.receive('SIGINT')
  await vi.advanceTimersByTimeAsync(1000)
  await left
  expect(await interruption.unless(Promise.resolve('result'), 1000)).toBe('result')
})

test('listens to signals while there is work to stop, and after the first one until the command ends', () => {
  const source = new EventEmitter()
  const interruption = new Interruption(source)
  expect(source.eventNames()).toEqual([])
  interruption.onStop(async () => {})()
  expect(source.eventNames()).toEqual([])
  const drops = [interruption.onStop(async () => {}), interruption.onStop(async () => {})]
  expect(source.eventNames()).toEqual(['SIGINT', 'SIGTERM', 'SIGHUP'])
  source.emit('SIGTERM', 'SIGTERM')
  expect(interruption.signal).toBe('SIGTERM')
  for (const drop of drops) drop()
  expect(source.listenerCount('SIGINT')).toBe(1)
  interruption.end()
  expect(source.eventNames()).toEqual([])
})
