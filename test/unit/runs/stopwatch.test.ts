import { expect, test } from 'vitest'
import { Stopwatch } from '../../../src-main/runs/stopwatch.ts'

test('counts only the time in which it runs', () => {
  let now = 5000
  const watch = new Stopwatch(() => now)
  const after = (seconds: number) => { now += 1000 * seconds }
  after(3)
  expect(watch.seconds).toBe(0)
  watch.start()
  after(2)
  watch.start()
  expect(watch.seconds).toBe(2)
  watch.pause()
  after(60)
  watch.pause()
  expect(watch.seconds).toBe(2)
  watch.start()
  after(0.5)
  expect(watch.seconds).toBe(2.5)
})
