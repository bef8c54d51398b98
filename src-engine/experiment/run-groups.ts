import { distinctLabels } from '../format/labels.ts'
import { type Difference, differencesBetween } from './parameters.ts'
import { groupReplicates } from './replicates.ts'
import { schemeTitle } from './scheme.ts'
import type { Spec } from './spec.ts'
import { parameterText } from './value-text.ts'

/** What groups of runs need to know of each. */
export interface GroupedRun {
  /** Null if this version cannot read it. Such a run is a group of its own. */
  spec: Spec | null
  summary: { runId: string; name: string; scheme: string; seed: number }
}

export interface RunGroup<Run extends GroupedRun = GroupedRun> {
  /** Unique among the groups. */
  label: string
  /** The label without the parts that all groups share, unique too. */
  short: string
  spec: Spec | null
  /** Kind of the update scheme. */
  scheme: string
  /** Runs that differ only in the seed, in its order. */
  runs: Run[]
}

/** Groups replicates and gives each group a unique label. */
export function groupsOf<Run extends GroupedRun>(runs: readonly Run[]): RunGroup<Run>[] {
  const alone = runs.filter((run) => !hasSpec(run)).map((run) => ({ spec: null, runs: [run] }))
  const groups = [...groupReplicates(runs.filter(hasSpec)), ...alone]
  const plain = groups.map(plainLabel)
  const labels = [...plain]
  for (const indices of Map.groupBy(plain.keys(), (index) => plain[index]).values()) {
    if (indices.length === 1) continue
    const distinctions = distinctionsOf(indices.map((index) => groups[index]!))
    indices.forEach((index, own) => { labels[index] = `${plain[index]} · ${distinctions[own]}` })
  }
  const short = distinctLabels(labels)
  return groups.map((group, index) => ({
    spec: group.spec,
    scheme: group.runs[0]!.summary.scheme,
    runs: group.runs.toSorted((a, b) => a.summary.seed - b.summary.seed),
    label: labels[index]!,
    short: short[index]!,
  }))
}

const hasSpec = <Run extends GroupedRun>(run: Run): run is Run & { spec: Spec } => run.spec !== null

/** Parameters that differ between groups, except the seed. A group whose spec cannot be read has no values. */
export function differencesOf(groups: readonly Pick<RunGroup, 'spec'>[]): Difference[] {
  const differences = differencesBetween(groups.flatMap(({ spec }) => (spec ? [{ ...spec, seed: 0 }] : [])))
  const places = groups.map(({ spec }, index) => (spec ? groups.slice(0, index).filter((other) => other.spec).length : -1))
  return differences.map((difference) => ({ ...difference, values: places.map((place) => difference.values[place] ?? null) }))
}

/** The common name of all runs, or the title of the scheme if they have none. */
function plainLabel({ runs }: { runs: readonly GroupedRun[] }): string {
  const { name, scheme, runId } = runs[0]!.summary
  const names = new Set(runs.map(({ summary }) => summary.name))
  return names.size === 1 && name ? name : schemeTitle(scheme) || runId
}

/** Number of parameters that tell specs with the same label apart, unless more are needed. */
const FEW = 2

/** For each of several specs with the same label, the first parameters in which it differs from all others. */
function distinctionsOf(twins: readonly Pick<RunGroup, 'spec' | 'runs'>[]): string[] {
  const differences = differencesOf(twins)
  const textOf = ({ path, title, unit, values }: Difference, own: number) =>
    `${title.split(' · ').at(-1)} ${parameterText(path, values[own] ?? null)}${unit ? ` ${unit}` : ''}`
  const textsWith = (count: number) => twins.map(({ spec, runs }, own) =>
    (spec ? differences.slice(0, count).map((difference) => textOf(difference, own)).join(', ') : `run ${runs[0]!.summary.runId}`))
  let count = FEW
  while (count < differences.length && new Set(textsWith(count)).size < twins.length) count++
  return textsWith(count)
}
