import { describe, expect, test } from 'vitest'
import { joinedEpochs, withEpochs, withLive } from '../../../../src-renderer/stores/live-summary.ts'
import { epochOf, summaryOf } from '../fixtures.ts'

const epochs = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => epochOf(from + index))
const running = summaryOf({ status: 'running', epochsDone: 0, loss: null, lossLast20: null, meanRateHz: null })
const mean = (from: number, to: number) => epochs(from, to).reduce((sum, { loss }) => sum + loss, 0) / (to - from + 1)

describe('the summary of a running run', () => {
  test('has the epochs, loss and rate of the events so far', () => {
    const live = withEpochs(withEpochs(undefined, epochs(1, 3)), epochs(4, 5))
    const shown = withLive(running, live)
    expect(shown).toMatchObject({ epochsDone: 5, loss: 1 / 5, meanRateHz: 12 })
    expect(shown.lossLast20).toBeCloseTo(mean(1, 5))
  })

  test('averages the loss over the last 20 epochs', () => {
    expect(withLive(running, withEpochs(undefined, epochs(1, 90))).lossLast20).toBeCloseTo(mean(71, 90))
  })

  test('counts the epochs before the window opened with their mean', () => {
    const listed = summaryOf({ status: 'running', epochsDone: 100, lossLast20: 0.5 })
    expect(withLive(listed, withEpochs(undefined, epochs(101, 105))).lossLast20).toBeCloseTo((15 * 0.5 + 5 * mean(101, 105)) / 20)
  })

  test('is the listed one if that is newer, or if nothing was reported', () => {
    const listed = summaryOf({ status: 'running', epochsDone: 7 })
    expect(withLive(listed, withEpochs(undefined, epochs(1, 7)))).toBe(listed)
    expect(withLive(listed, undefined)).toBe(listed)
  })
})

test('stored and reported epochs overlap without repetition', () => {
  expect(joinedEpochs(epochs(1, 4), epochs(3, 6)).map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6])
  expect(joinedEpochs([], epochs(3, 4))).toHaveLength(2)
})
