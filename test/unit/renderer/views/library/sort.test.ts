import { describe, expect, test } from 'vitest'
import { sortedBy, sortRuns } from '../../../../../src-renderer/views/library/sort.ts'
import { ownColumns } from '../../../../../src-renderer/stores/table.ts'
import { summaryOf } from '../../fixtures.ts'

const at = (day: number) => `2026-11-0${day}T12:00:00.000Z`
const runs = [
  summaryOf({ runId: 'd', createdAt: at(4), name: 'run 10', lossLast20: NaN, status: 'running', scheme: 'sign', seed: 3, startedAt: at(1), endedAt: null }),
  summaryOf({ runId: 'c', createdAt: at(3), name: 'Run 9', lossLast20: 0.2, status: 'done', scheme: 'fp32', seed: 3, startedAt: at(1), endedAt: at(2), secondsComputed: 40, outcome: 'learned' }),
  summaryOf({ runId: 'b', createdAt: at(2), name: 'alone', lossLast20: null, status: 'paused', scheme: 'fp32', seed: 1, startedAt: at(1), endedAt: at(3), secondsComputed: 20, outcome: 'diverged' }),
  summaryOf({ runId: 'a', createdAt: at(1), name: 'zeta', lossLast20: 0.1, status: 'failed', scheme: 'sign', seed: 2, startedAt: null, endedAt: null, secondsComputed: 0, outcome: 'silent' }),
]
const nameOf = ({ name, preset, runId }: { name: string, preset: string, runId: string }) => name || preset || runId
const none = () => undefined
const order = (column: typeof ownColumns[number], descending = false) => sortRuns(runs, { column, descending }, nameOf, none).map(({ runId }) => runId).join('')

describe('sortRuns', () => {
  test.each([
    ['created', 'abcd', 'dcba'], ['seed', 'badc', 'dcab'], ['status', 'dbac', 'cabd'],
    ['scheme', 'cbda', 'dacb'], ['outcome', 'bacd', 'cabd'],
  ] as const)('by %s: %s, descending %s', (column, ascending, descending) => {
    expect([order(column), order(column, true)]).toEqual([ascending, descending])
  })

  test('sorts names by their numbers and ignores case', () => expect(order('name')).toBe('bcda'))

  test('puts NaN and missing values last in both directions, newest first', () => {
    expect([order('loss'), order('loss', true)]).toEqual(['acdb', 'cadb'])
    expect([order('duration'), order('duration', true)]).toEqual(['bcda', 'cbda'])
  })

  test('fault 47: puts a run that a wrong clock has dated to the future last', () => {
    const now = Date.parse(at(3)) - 30_000
    const sorted = (descending: boolean) => sortRuns(runs, { column: 'created', descending }, nameOf, none, now).map(({ runId }) => runId).join('')
    expect([sorted(false), sorted(true)]).toEqual(['abcd', 'cbad'])
  })

  test('sorts infinity as a number', () => {
    const some = [Infinity, 1, -Infinity].map((lossLast20, index) => summaryOf({ runId: String(index), lossLast20 }))
    expect(sortRuns(some, { column: 'loss', descending: false }, nameOf, none).map(({ runId }) => runId)).toEqual(['2', '1', '0'])
  })

  test('sorts by the values of a column that summaries do not have: numbers, texts with numbers, none last', () => {
    const cells: Record<string, unknown> = { a: 10, b: 9, c: null, d: NaN, e: 'task 10', f: 'Task 9', g: ['b'], h: true }
    const by = (ids: string, descending = false) => sortRuns(
      [...ids].map((runId) => summaryOf({ runId })), { column: 'learning.rateInput', descending }, nameOf,
      (runId) => cells[runId] as number,
    ).map(({ runId }) => runId).join('')
    expect([by('abcd'), by('abcd', true)]).toEqual(['badc', 'abdc'])
    expect(by('ef')).toBe('fe')
    expect(by('xca')).toBe('axc')
  })

  test('does not change its input', () => {
    const frozen = Object.freeze([...runs])
    sortRuns(frozen, { column: 'loss', descending: false }, nameOf, none)
    expect(frozen.map(({ runId }) => runId).join('')).toBe('dcba')
  })
})

test('the same column reverses the order, another column starts with its default order', () => {
  const first = sortedBy('loss', { column: 'created', descending: true })
  expect(first).toEqual({ column: 'loss', descending: false })
  expect(sortedBy('loss', first)).toEqual({ column: 'loss', descending: true })
  expect(sortedBy('created', first)).toEqual({ column: 'created', descending: true })
})

test('sorts 10 000 runs by every column without losing or repeating one', () => {
  const schemes = ['fp32', 'sign', 'mixed-precision'] as const
  const many = Array.from({ length: 10_000 }, (_, index) => summaryOf({
    runId: `run${String((index * 7919) % 10_000).padStart(5, '0')}`,
    name: `sweep ${(index * 31) % 1000}`,
    scheme: schemes[index % 3],
    seed: index % 50,
    lossLast20: index % 10 === 0 ? null : ((index * 7919) % 10_000) / 10_000,
    createdAt: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
  }))
  for (const column of ownColumns) {
    const sorted = sortRuns(many, { column, descending: false }, nameOf, none)
    expect(new Set(sorted.map(({ runId }) => runId)).size).toBe(10_000)
  }
})
