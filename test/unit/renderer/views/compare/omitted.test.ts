import { expect, test } from 'vitest'
import { omittedRuns, omittedText } from '../../../../../src-renderer/views/compare/omitted.ts'
import { summaryOf } from '../../fixtures.ts'

const ofSweep = (count: number, epochsDone = 10) => Array.from({ length: count }, (_, arm) =>
  summaryOf({ runId: `run${epochsDone}x${arm}`, epochsDone, sweep: { sweepId: 'sweep0001', arm } }))
const sweep = ofSweep(36)

test('says how many runs of a sweep are compared', () => {
  const [omitted, ...others] = omittedRuns(sweep.slice(0, 20), new Map([['sweep0001', sweep]]))
  expect([omitted, others]).toEqual([{ sweepId: 'sweep0001', shown: 20, all: 36 }, []])
  expect(omittedText(omitted!, 'Rates')).toBe('20 of 36 runs of “Rates” are shown')
  expect(omittedText({ ...omitted!, shown: 1 }, 'Rates')).toBe('1 of 36 runs of “Rates” is shown')
})

test('says nothing if all runs with results are compared, or if none belongs to a sweep', () => {
  const all = [...sweep, ...ofSweep(4, 0)]
  expect(omittedRuns(sweep, new Map([['sweep0001', all]]))).toEqual([])
  expect(omittedRuns([summaryOf(), summaryOf()], new Map([['sweep0001', all]]))).toEqual([])
})
