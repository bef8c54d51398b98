import { type GroupField, leavesOf, type UnionField } from './form-model.ts'

type Group = GroupField | UnionField

/** Divides groups into two columns with about the same number of fields. It counts the schema's fields, so no edit moves a group. */
export function halves(groups: Group[]): [Group[], Group[]] {
  const sizes = groups.map(sizeOf)
  const uneven = (cut: number) => Math.abs(sum(sizes.slice(0, cut)) - sum(sizes.slice(cut)))
  const cuts = sizes.map((_, index) => index + 1)
  const best = cuts.reduce((found, cut) => (uneven(cut) < uneven(found) ? cut : found), 0)
  return [groups.slice(0, best), groups.slice(best)]
}

const HEADING = 2

const sizeOf = (group: Group): number => HEADING + (group.kind === 'union'
  ? Math.max(...group.variants.map(({ fields }) => plainLeaves(fields)))
  : plainLeaves(group.fields))

const plainLeaves = (fields: GroupField['fields']) => leavesOf(fields).filter(({ advanced }) => !advanced).length

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
