import fc from 'fast-check'
import { expect, it } from 'vitest'
import { bracketLanes } from '../../../../src-engine/figure/bracket-lanes.ts'

const bracket = fc.record({ kind: fc.constant('bracket' as const), from: fc.nat(9), to: fc.nat(9), text: fc.string() })
  .filter(({ from, to }) => from !== to)
const rowsOf = ({ from, to }: { from: number; to: number }) => [Math.min(from, to), Math.max(from, to)] as const

it('places every bracket, so that those of one lane share no row and texts of one column stand in different rows', () => {
  fc.assert(fc.property(fc.array(bracket, { maxLength: 12 }), (marks) => {
    const { brackets, lanes, columns } = bracketLanes(marks)
    expect(brackets.map(({ text }) => text).sort()).toEqual(marks.map(({ text }) => text).sort())
    for (const [index, one] of brackets.entries()) {
      expect([one.lane < lanes, one.column < columns]).toEqual([true, true])
      for (const other of brackets.slice(index + 1)) {
        const [[a, b], [c, d]] = [rowsOf(one), rowsOf(other)]
        if (one.lane === other.lane) expect(b < c || d < a).toBe(true)
        if (one.column === other.column) expect(one.to).not.toBe(other.to)
      }
    }
  }))
})

it('keeps short brackets inside', () => {
  const { brackets } = bracketLanes([[0, 3], [0, 1], [2, 3]].map(([from, to]) => ({ kind: 'bracket', from: from!, to: to!, text: '' })))
  expect(brackets.map(({ from, to, lane }) => [from, to, lane])).toEqual([[0, 1, 0], [2, 3, 0], [0, 3, 1]])
})
