import type { ComparedGroup } from '../../../src-engine/charts/compared-groups.ts'
import type { ComparisonView, GroupLook } from '../../../src-engine/charts/comparison-view.ts'

type Group = Pick<ComparedGroup, 'key' | 'keys'>
type Part = Partial<ComparisonView>

export const shownOrHidden = ({ hidden }: ComparisonView, group: Group, isHidden: boolean): Part => {
  const others = hidden.filter((key) => !group.keys.includes(key))
  return { hidden: isHidden ? [...others, group.key] : others }
}

/** Fixes the colour or the dash of a group. Null gives both back to the view. */
export function withLook({ looks }: ComparisonView, group: Group, look: Omit<GroupLook, 'key'> | null): Part {
  const others = looks.filter(({ key }) => !group.keys.includes(key))
  const own = looks.find(({ key }) => group.keys.includes(key))
  return { looks: look === null ? others : [...others, { ...own, ...look, key: group.key }] }
}

/** Moves a group up or down by one. Keys of groups that are not here keep their place after the others. */
export function movedGroup({ order }: ComparisonView, groups: readonly Group[], index: number, by: 1 | -1): Part {
  const keys = groups.map(({ key }) => key)
  const to = index + by
  if (to < 0 || to >= keys.length) return {}
  const moved = keys.with(index, keys[to]!).with(to, keys[index]!)
  const here = groups.flatMap((group) => group.keys)
  return { order: [...moved, ...order.filter((key) => !here.includes(key))] }
}
