import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Move, moved, movedText, steppedPriority } from '../../../../../src-renderer/views/queue/order.ts'

type Priority = 'high' | 'normal' | 'low'
const queueOf = (text: string, priority: Priority = 'normal') => [...text].map((runId) => ({ runId, priority }))
const after = (text: string, selected: string, move: Move) => moved(queueOf(text), new Set(selected), move).join('')

describe('moving runs in the queue', () => {
  test('by one position or to an end', () => {
    expect(after('abcd', 'c', 'up')).toBe('acbd')
    expect(after('abcd', 'b', 'down')).toBe('acbd')
    expect(after('abcd', 'c', 'top')).toBe('cabd')
    expect(after('abcd', 'b', 'bottom')).toBe('acdb')
    expect(after('abcd', 'a', 'up')).toBe('abcd')
    expect(after('abcd', 'd', 'down')).toBe('abcd')
  })

  test('beside another run', () => {
    expect(after('abcd', 'd', { beside: 'b', after: false })).toBe('adbc')
    expect(after('abcd', 'a', { beside: 'c', after: true })).toBe('bcad')
  })

  test('brings several runs together in their order', () => {
    expect(after('abcde', 'bd', 'up')).toBe('bdace')
    expect(after('abcde', 'bd', 'down')).toBe('acebd')
    expect(after('abcde', 'eb', { beside: 'a', after: false })).toBe('beacd')
  })

  test('beside one of the moved runs only brings them together', () => {
    expect(after('abcde', 'bd', { beside: 'b', after: true })).toBe('abdce')
  })

  test('never changes the priority of a run', () => {
    const entries = [...queueOf('ab', 'high'), ...queueOf('cd'), ...queueOf('e', 'low')]
    expect(moved(entries, new Set('d'), 'top').join('')).toBe('abdce')
    expect(moved(entries, new Set('a'), 'bottom').join('')).toBe('bacde')
    expect(moved(entries, new Set('e'), 'up').join('')).toBe('abcde')
  })

  test('loses and repeats no run, and keeps the order of the others', () => {
    const entries = fc.uniqueArray(fc.nat(60), { maxLength: 30 }).map((ids) => ids.map(String))
    const moves = fc.oneof(fc.constantFrom<Move>('up', 'down', 'top', 'bottom'),
      fc.record({ beside: fc.nat(60).map(String), after: fc.boolean() }))
    fc.assert(fc.property(entries, fc.array(fc.nat(60).map(String)), moves, (ids, selected, move) => {
      const set = new Set(selected)
      const next = moved(ids.map((runId) => ({ runId, priority: 'normal' as const })), set, move)
      expect(next.toSorted()).toEqual(ids.toSorted())
      expect(next.filter((id) => !set.has(id))).toEqual(ids.filter((id) => !set.has(id)))
      expect(next.filter((id) => set.has(id))).toEqual(ids.filter((id) => set.has(id)))
    }))
  })

  test('is announced with the new position', () => {
    expect(movedText(['a', 'b', 'c'], ['b', 'a', 'c'], new Set('a'))).toBe('Moved to position 2 of 3')
    expect(movedText(['a', 'b', 'c'], ['c', 'a', 'b'], new Set('ab'))).toBe('Moved to positions 2 to 3 of 3')
    expect(movedText(['a', 'b', 'c'], ['a', 'b', 'c'], new Set('a'))).toBe('Already at position 1 of 3')
  })
})

test('priorities have three levels', () => {
  expect(steppedPriority('normal', 1)).toBe('high')
  expect(steppedPriority('normal', -1)).toBe('low')
  expect(steppedPriority('high', 1)).toBe(null)
  expect(steppedPriority('low', -1)).toBe(null)
})
