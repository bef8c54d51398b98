import { descriptionOf, type Difference, differencesBetween } from '../experiment/parameters.ts'
import { type GroupedRun, groupsOf } from '../experiment/run-groups.ts'
import { schemeTitle } from '../experiment/scheme.ts'
import type { Spec } from '../experiment/spec.ts'
import { parameterText } from '../experiment/value-text.ts'
import { distinctLabels } from '../format/labels.ts'
import { formatExact } from '../format/numbers.ts'
import type { ComparisonView } from './comparison-view.ts'

/** Path of the update scheme, which is known also of runs whose spec cannot be read. */
export const SCHEME = 'scheme.kind'

/** Runs that are drawn, counted and tested as one. */
export interface ComparedGroup<Run extends GroupedRun = GroupedRun> {
  /** What its colour, its place and whether it is hidden are kept by. */
  key: string
  /** Keys of the same group while other runs were in it. */
  keys: readonly string[]
  label: string
  /** Unique among the groups, without what all share. */
  short: string
  scheme: string
  /** Spec of its first run; null if this version cannot read it. */
  spec: Spec | null
  /** Sorted by seed. */
  runs: readonly Run[]
  /** Number of different specs among its runs, apart from their seeds. */
  experiments: number
}

type Unplaced<Run extends GroupedRun> = Omit<ComparedGroup<Run>, 'key' | 'short'>

/** Groups of runs, in the order that the user gave them. Hidden ones are among them. */
export function comparedGroups<Run extends GroupedRun>(
  runs: readonly Run[], { group: by, order }: Pick<ComparisonView, 'group' | 'order'>,
): ComparedGroup<Run>[] {
  const groups = inOrder(by === 'spec' ? bySpec(runs) : by === 'run' ? eachRun(runs) : byValue(runs, by), order)
  const short = distinctLabels(groups.map(({ label }) => label))
  return groups.map((group, index) => ({ ...group, key: group.keys[0]!, short: short[index]! }))
}

function inOrder<Group extends { keys: readonly string[] }>(groups: readonly Group[], order: readonly string[]): Group[] {
  const placeOf = ({ keys }: Group) => {
    const place = order.findIndex((key) => keys.includes(key))
    return place < 0 ? order.length : place
  }
  return groups.toSorted((a, b) => placeOf(a) - placeOf(b))
}

const bySpec = <Run extends GroupedRun>(runs: readonly Run[]): Unplaced<Run>[] =>
  groupsOf(runs).map((group) => ({ ...group, keys: group.runs.map(({ summary }) => summary.runId), experiments: 1 }))

const eachRun = <Run extends GroupedRun>(runs: readonly Run[]): Unplaced<Run>[] =>
  groupsOf(runs).flatMap(({ label, scheme, spec, runs: replicates }) => replicates.map((run) => ({
    label: replicates.length === 1 ? label : `${label} · seed ${formatExact(run.summary.seed)}`,
    keys: [run.summary.runId], scheme, spec, runs: [run], experiments: 1,
  })))

function byValue<Run extends GroupedRun>(runs: readonly Run[], path: string): Unplaced<Run>[] {
  const groups = [...Map.groupBy(runs, (run) => valueText(run, path))]
  groups.sort(([, [a]], [, [b]]) => Number(parameterOf(a!, path)) - Number(parameterOf(b!, path)) || 0)
  return groups.map(([text, own]) => ({
    label: path === SCHEME ? text : `${titleOf(path)} ${text}`,
    keys: [`${path}=${text}`], scheme: own[0]!.summary.scheme, spec: own[0]!.spec,
    runs: own.toSorted((a, b) => a.summary.seed - b.summary.seed),
    experiments: groupsOf(own).length,
  }))
}

/** Value of a parameter; undefined for runs that do not have it. */
function parameterOf({ spec, summary }: GroupedRun, path: string): unknown {
  if (path === SCHEME) return summary.scheme
  return path.split('.').reduce((value: unknown, name) =>
    (value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined), spec)
}

function valueText(run: GroupedRun, path: string): string {
  const value = parameterOf(run, path)
  if (path === SCHEME) return schemeTitle(String(value))
  const { unit } = descriptionOf(path)
  return value === undefined || value === null ? '–' : `${parameterText(path, value)}${unit ? ` ${unit}` : ''}`
}

/** The value that all runs of a group share; '' if they have several. */
export function sharedValue({ runs }: Pick<ComparedGroup, 'runs'>, path: string): string {
  const texts = new Set(runs.map((run) => valueText(run, path)))
  return texts.size === 1 ? [...texts][0]! : ''
}

/** 'Input learning rate' */
export const titleOf = (path: string) => descriptionOf(path).title.split(' · ').at(-1)!

/** Parameters by which these runs can be grouped and coloured: the scheme, the seed, and all that differ. */
export function parametersToGroupBy(runs: readonly GroupedRun[]): Pick<Difference, 'path' | 'title'>[] {
  const specs = runs.flatMap(({ spec }) => (spec ? [spec] : []))
  const differences = differencesBetween(specs).filter(({ path }) => path !== SCHEME)
  return [{ path: SCHEME, title: 'Update scheme' }, ...differences.map(({ path, title }) => ({ path, title }))]
}

/** Whether a list of the view, such as the hidden ones, names the group. */
export const isIn = (keys: readonly string[], group: Pick<ComparedGroup, 'keys'>) => group.keys.some((key) => keys.includes(key))

/** The group that others are compared with. */
export const baseOf = <Group extends Pick<ComparedGroup, 'keys'>>(groups: readonly Group[], base: string): Group | undefined =>
  groups.find(({ keys }) => keys.includes(base)) ?? groups[0]
