import { exp, ln } from '../kernels/elementary.ts'
import type { Change } from '../experiment/change.ts'
import { numberLimits, wholePaths } from '../experiment/paths.ts'
import { between } from '../sweep/points.ts'
import type { Box } from './study.ts'

/** A point of the unit cube: one position from 0 to 1 for each setting of a box, in its order. */
export type Point = readonly number[]

const whole = wholePaths()
const limits = numberLimits()

/** The settings at a point of a box. Values have six digits. */
export const changesAt = (box: Box, point: Point): Change[] => Object.entries(box).map(([path, [from, to]], dimension) =>
  ({ path, value: between({ from, to, scale: 'logarithmic' }, point[dimension]!, whole.has(path)) }))

/** The point of settings in a box. */
export const pointOf = (box: Box, changes: readonly Change[]): Point => Object.entries(box).map(([path, [from, to]]) => {
  const value = Number(changes.find((change) => change.path === path)!.value)
  return Math.min(1, Math.max(0, (ln(value) - ln(from)) / (ln(to) - ln(from))))
})

/** A setting that lies at an end of its range. */
export interface Edge {
  path: string
  end: 'lower' | 'upper'
}

/** Settings within a share of an end of their logarithmic range. */
export const edgesOf = (box: Box, changes: readonly Change[], share: number): Edge[] => {
  const point = pointOf(box, changes)
  return Object.keys(box).flatMap((path, dimension): Edge[] => {
    const position = point[dimension]!
    if (position <= share) return [{ path, end: 'lower' }]
    return position >= 1 - share ? [{ path, end: 'upper' }] : []
  })
}

/** A range grows beyond its end by this share of its logarithm. */
const GROWTH = 0.5

/** The box with each range longer by a half beyond the end where the best setting lies, up to what the setting allows. */
export function widened(box: Box, edges: readonly Edge[]): Box {
  const moved = edges.map(({ path, end }) => {
    const [from, to] = box[path]!
    const [least, most] = limits.get(path) ?? [0, Infinity]
    const factor = exp(GROWTH * (ln(to) - ln(from)))
    return [path, end === 'lower' ? [Math.max(least, from / factor), to] : [from, Math.min(most, to * factor)]] as const
  })
  return { ...box, ...Object.fromEntries(moved) as Box }
}

/** 'learning.rateInput at its upper end' */
export const edgeText = ({ path, end }: Edge) => `${path} at its ${end} end`
