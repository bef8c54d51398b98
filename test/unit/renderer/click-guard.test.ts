import { describe, expect, test } from 'vitest'
import { createClickGuard, DOUBLE_CLICK_MS } from '../../../src-renderer/click-guard.ts'

const start = { control: 'start', meaning: 'Start' }
const stop = { control: 'stop', meaning: 'Stop' }
const nothing = { control: null, meaning: '' }
const at = (at: number, what: { control: string | null; meaning: string }, x = 100) => ({ ...what, at, x, y: 20 })

/** The guard after the pointer moved onto Start and clicked it at 1000 ms. */
function clickedStart() {
  const guard = createClickGuard()
  guard.see(at(0, nothing, 0))
  guard.see(at(500, start))
  expect(guard.takes(at(1000, start))).toBe(true)
  return guard
}

describe('the second click of a double click', () => {
  test('does not reach the control that took the place of the first', () => {
    expect(clickedStart().takes(at(1080, stop))).toBe(false)
  })

  test('does not reach the same element with another meaning', () => {
    expect(clickedStart().takes(at(1080, { control: 'start', meaning: 'Stop' }))).toBe(false)
  })

  test('reaches a control that stays', () => {
    expect(clickedStart().takes(at(1080, start))).toBe(true)
  })

  test('reaches what is no control, such as a row of a list', () => {
    expect(clickedStart().takes(at(1080, nothing))).toBe(true)
  })

  test('a hand that trembles rests', () => {
    expect(clickedStart().takes(at(1080, stop, 102))).toBe(false)
  })
})

describe('a control that appears late under the resting pointer', () => {
  test('takes no click until it has been there for the time of a double click', () => {
    const guard = clickedStart()
    guard.see(at(1900, stop))
    expect(guard.takes(at(1900 + DOUBLE_CLICK_MS, stop))).toBe(true)
  })

  test('takes no click that was made before it appeared, though a busy page handles it later', () => {
    const guard = clickedStart()
    guard.see(at(1900, stop))
    expect(guard.takes(at(1850, stop))).toBe(false)
  })

  test('takes none of many impatient clicks in a row', () => {
    const guard = clickedStart()
    guard.see(at(1900, stop))
    for (let time = 2000; time < 4000; time += 200) expect(guard.takes(at(time, stop))).toBe(false)
  })

  test('takes a click if the pointer moved onto it', () => {
    const guard = clickedStart()
    guard.see(at(1050, stop))
    guard.see(at(1100, stop, 120))
    expect(guard.takes(at(1110, stop, 120))).toBe(true)
  })

  test('counts from the last time that the other one was seen if no event reported the change', () => {
    expect(clickedStart().takes(at(1000 + DOUBLE_CLICK_MS, { control: 'start', meaning: 'Stop' }))).toBe(true)
  })
})
