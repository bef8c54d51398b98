import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { forecast } from '../../../../src-engine/analysis/schedule.ts'

const times = fc.array(fc.integer({ min: 1, max: 1000 }), { maxLength: 40 })
const workers = fc.integer({ min: 1, max: 8 })
const begunOf = (seconds: number[]) => seconds.map((secondsLeft) => ({ secondsLeft }))
const waitingOf = (all: (number | null)[]) => all.map((seconds) => ({ seconds }))
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/** How many of the spans go on at that moment. */
const goingAt = (moment: number, spans: { start: number; end: number }[]) =>
  spans.filter(({ start, end }) => start <= moment && moment < end).length

describe('the forecast of a queue', () => {
  test('with one worker, what waits comes one after the other', () => {
    expect(forecast([{ secondsLeft: 5 }], waitingOf([10, 20]), 1)).toEqual({
      turns: [{ start: 5, end: 15 }, { start: 15, end: 35 }], secondsLeft: 35,
    })
  })

  test('a worker that is idle takes the next at once', () => {
    expect(forecast([{ secondsLeft: 5 }], waitingOf([10, 20]), 2).turns).toEqual([{ start: 0, end: 10 }, { start: 5, end: 25 }])
  })

  test('where more run than there are workers, some have to end first', () => {
    expect(forecast(begunOf([3, 1, 2]), waitingOf([10]), 1).turns).toEqual([{ start: 3, end: 13 }])
  })

  test('nothing to do takes no time', () => {
    expect(forecast([], [], 2)).toEqual({ turns: [], secondsLeft: 0 })
  })

  test('an unknown time leaves unknown only what hangs on it', () => {
    expect(forecast([], waitingOf([null, 10, 20]), 2)).toEqual({
      turns: [{ start: 0, end: null }, { start: 0, end: 10 }, { start: 10, end: 30 }], secondsLeft: null,
    })
    expect(forecast([{ secondsLeft: null }], waitingOf([10]), 1).turns).toEqual([{ start: null, end: null }])
  })

  test('never more at a time than workers, each in its turn, and no worker idle while one waits', () => {
    fc.assert(fc.property(times, times, workers, (left, waits, count) => {
      const begun = left.slice(0, count)
      const { turns, secondsLeft } = forecast(begunOf(begun), waitingOf(waits), count)
      const spans = turns.map(({ start, end }) => ({ start: start!, end: end! }))
      const all = [...begun.map((end) => ({ start: 0, end })), ...spans]
      for (const [index, { start, end }] of spans.entries()) {
        expect(end - start).toBe(waits[index])
        if (index > 0) expect(start).toBeGreaterThanOrEqual(spans[index - 1].start)
        expect(goingAt(start, all)).toBeLessThanOrEqual(count)
        if (start > 0) expect(goingAt(start - 0.5, all)).toBe(count)
      }
      expect(secondsLeft).toBe(Math.max(0, ...all.map(({ end }) => end)))
    }))
  })

  test('no longer than one after the other, no shorter than the work shared out', () => {
    fc.assert(fc.property(times, times, workers, (left, waits, count) => {
      const begun = left.slice(0, count)
      const work = sum(begun) + sum(waits)
      const { secondsLeft } = forecast(begunOf(begun), waitingOf(waits), count)
      expect(secondsLeft).toBeLessThanOrEqual(work)
      expect(secondsLeft).toBeGreaterThanOrEqual(work / count)
    }))
  })

  test('what comes later moves nothing that comes before it', () => {
    fc.assert(fc.property(times, times, fc.integer({ min: 1, max: 1000 }), workers, (left, waits, more, count) => {
      const before = forecast(begunOf(left), waitingOf(waits), count).turns
      expect(forecast(begunOf(left), waitingOf([...waits, more]), count).turns.slice(0, -1)).toEqual(before)
    }))
  })
})
