import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultView } from '../../../../../src-engine/charts/comparison-view.ts'
import { movedGroup, shownOrHidden, withLook } from '../../../../../src-renderer/views/compare/view-changes.ts'

const group = (key: string, ...others: string[]) => ({ key, keys: [key, ...others] })
const groups = [group('a', 'a2'), group('b'), group('c')]

describe('changes of the view', () => {
  it('hide a group and show it again, also by the key of another of its runs', () => {
    const hidden = { ...defaultView, ...shownOrHidden(defaultView, groups[0]!, true) }
    expect(hidden.hidden).toEqual(['a'])
    expect(shownOrHidden(hidden, group('a2', 'a'), false)).toEqual({ hidden: [] })
  })

  it('fix a colour and keep the dash that was fixed before', () => {
    const dashed = { ...defaultView, looks: [{ key: 'a2', dash: 'dotted' as const }] }
    expect(withLook(dashed, groups[0]!, { colour: '#123456' })).toEqual({ looks: [{ key: 'a', dash: 'dotted', colour: '#123456' }] })
    expect(withLook(dashed, groups[0]!, null)).toEqual({ looks: [] })
  })

  it('move a group by one, and back to the same order', () => {
    const orders = fc.record({ index: fc.nat({ max: 1 }), order: fc.shuffledSubarray(['a2', 'b', 'c', 'elsewhere']) })
    fc.assert(fc.property(orders, ({ index, order }) => {
      const view = { ...defaultView, order }
      const down = { ...view, ...movedGroup(view, groups, index, 1) }
      expect(down.order.slice(0, 3)).toEqual(index === 0 ? ['b', 'a', 'c'] : ['a', 'c', 'b'])
      expect(down.order.slice(3)).toEqual(order.filter((key) => key === 'elsewhere'))
      const now = down.order.slice(0, 3).map((key) => groups.find((one) => one.key === key)!)
      expect(movedGroup(down, now, index + 1, -1).order?.slice(0, 3)).toEqual(['a', 'b', 'c'])
    }))
    expect(movedGroup(defaultView, groups, 2, 1)).toEqual({})
  })
})
