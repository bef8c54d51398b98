import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forecast } from '../../../../src-engine/sweep/schedule.ts'

const times = fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 40 })
const workers = fc.integer({ min: 1, max: 8 })
const running = (seconds: number[]) => seconds.map((secondsLeft) => ({ secondsLeft }))
const queued = (all: (number | null)[]) => all.map((seconds) => ({ seconds }))
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/** Number of spans that are active at `time`. */
const activeAt = (time: number, spans: { start: number; end: number }[]) =>
  spans.filter(({ start, end }) => start <= time && time < end).length

describe('the forecast of a queue', () => {
  test('runs queued runs one after the other with one worker', () => {
    expect(forecast([{ secondsLeft: 5 }], queued([10, 20]), 1)).toEqual({
      planned: [{ start: 5, end: 15 }, { start: 15, end: 35 }], secondsLeft: 35,
    })
  })

  test('starts the next run at once on an idle worker', () => {
    expect(forecast([{ secondsLeft: 5 }], queued([10, 20]), 2).planned).toEqual([{ start: 0, end: 10 }, { start: 5, end: 25 }])
  })

  test('waits for runs to end if more runs than workers are running', () => {
    expect(forecast(running([3, 1, 2]), queued([10]), 1).planned).toEqual([{ start: 3, end: 13 }])
  })

  test('takes no time for an empty queue', () => {
    expect(forecast([], [], 2)).toEqual({ planned: [], secondsLeft: 0 })
  })

  test('gives null only for times that depend on an unknown one', () => {
    expect(forecast([], queued([null, 10, 20]), 2)).toEqual({
      planned: [{ start: 0, end: null }, { start: 0, end: 10 }, { start: 10, end: 30 }], secondsLeft: null,
    })
    expect(forecast([{ secondsLeft: null }], queued([10]), 1).planned).toEqual([{ start: null, end: null }])
  })

  test('keeps queue order, never exceeds the workers, and leaves no worker idle while a run is queued', () => {
    fc.assert(fc.property(times, times, workers, (left, waits, count) => {
      const begun = left.slice(0, count)
      const { planned, secondsLeft } = forecast(running(begun), queued(waits), count)
      const spans = planned.map(({ start, end }) => ({ start: start!, end: end! }))
      const all = [...begun.map((end) => ({ start: 0, end })), ...spans]
      for (const [index, { start, end }] of spans.entries()) {
        expect(end - start).toBe(waits[index])
        if (index > 0) expect(start).toBeGreaterThanOrEqual(spans[index - 1]!.start)
        expect(activeAt(start, all)).toBeLessThanOrEqual(count)
        if (start > 0) expect(activeAt(start - 0.5, all)).toBe(count)
      }
      expect(secondsLeft).toBe(Math.max(0, ...all.map(({ end }) => end)))
    }))
  })

  test('takes at most the sum of all times and at least that sum divided by the workers', () => {
    fc.assert(fc.property(times, times, workers, (left, waits, count) => {
      const begun = left.slice(0, count)
      const work = sum(begun) + sum(waits)
      const { secondsLeft } = forecast(running(begun), queued(waits), count)
      expect(secondsLeft).toBeLessThanOrEqual(work)
      expect(secondsLeft).toBeGreaterThanOrEqual(work / count)
    }))
  })

  test('does not change earlier runs if a run is added at the end', () => {
    fc.assert(fc.property(times, times, fc.integer({ min: 1, max: 1000 }), workers, (left, waits, more, count) => {
      const before = forecast(running(left), queued(waits), count).planned
      expect(forecast(running(left), queued([...waits, more]), count).planned.slice(0, -1)).toEqual(before)
    }))
  })
})
