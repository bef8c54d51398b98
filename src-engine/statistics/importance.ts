import { meanOf } from './samples.ts'

export interface Importance {
  /** Share of the variance that the main effect of the parameter explains, 0 to 1. */
  share: number
  /** Number of groups of equal or near values. */
  levels: number
}

/** A parameter with more different values is split into this many groups of equal size. */
const MOST_LEVELS = 5

/**
 * Variance share of the main effect of each parameter on the ranks of the values (Conover and Iman, Am. Stat. 35 (1981) 124): a one-way
 * analysis of variance over its levels, as ω², which subtracts what chance alone would explain (Hays, Statistics, 1963). Ranks have no
 * outliers, and diverged runs count as the last. In a full grid the shares are those of a functional analysis of variance, and what they
 * leave of 1 is seeds and interactions. Negative estimates are 0.
 * @param levels of each parameter, by run: equal texts are one level
 */
export function importances(levels: readonly (readonly string[])[], values: readonly number[]): Importance[] {
  const ranks = ranksOf(values)
  return levels.map((own) => omegaSquared(own, ranks))
}

/** Ranks from 1; equal values share their mean rank, and those that are not numbers the last ones. */
export function ranksOf(values: readonly number[]): number[] {
  const key = (value: number) => (Number.isNaN(value) ? Infinity : value)
  const sorted = values.map(key).sort((a, b) => (a === b ? 0 : a - b))
  const first = new Map<number, number>()
  const count = new Map<number, number>()
  sorted.forEach((value, index) => {
    if (!first.has(value)) first.set(value, index + 1)
    count.set(value, (count.get(value) ?? 0) + 1)
  })
  return values.map((value) => first.get(key(value))! + (count.get(key(value))! - 1) / 2)
}

function omegaSquared(levels: readonly string[], values: readonly number[]): Importance {
  const groups = [...Map.groupBy(values.keys(), (run) => levels[run]!).values()].map((runs) => runs.map((run) => values[run]!))
  const mean = meanOf(values)
  const total = squaresAround(values, mean)
  const within = groups.reduce((sum, group) => sum + squaresAround(group, meanOf(group)), 0)
  const freedom = values.length - groups.length
  if (total === 0 || freedom <= 0) return { share: 0, levels: groups.length }
  const chance = within / freedom
  return { share: Math.max(0, (total - within - (groups.length - 1) * chance) / (total + chance)), levels: groups.length }
}

const squaresAround = (values: readonly number[], centre: number) =>
  values.reduce((sum, one) => sum + (one - centre) * (one - centre), 0)

/** Numbers as levels: each its own, or groups of equal size if there are too many. */
export function numberLevels(values: readonly number[]): string[] {
  const distinct = [...new Set(values)].sort((a, b) => a - b)
  if (distinct.length <= MOST_LEVELS) return values.map(String)
  const rank = new Map(distinct.map((value, index) => [value, index]))
  return values.map((value) => String(Math.floor((rank.get(value)! * MOST_LEVELS) / distinct.length)))
}
