import { outcomes } from '../../../src-engine/statistics/comparison.ts'
import { stabilityText } from '../../../src-engine/statistics/outcome-texts.ts'
import { differencesBetween, type Difference } from '../../../src-engine/experiment/parameters.ts'
import { groupReplicates } from '../../../src-engine/experiment/replicates.ts'
import { meanOf, type Sample, sampleOf } from '../../../src-engine/statistics/samples.ts'
import { distinctLabels } from '../../../src-engine/format/labels.ts'
import { usesDevices } from '../../../src-engine/experiment/scheme.ts'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import { formatExact } from '../../components/format.ts'
import { schemeTitle } from '../../../src-engine/experiment/scheme.ts'
import { joinedEpochs } from '../../stores/live-summary.ts'
import { type EpochMetrics, type RunDetail, type RunSummary, secondsOf } from '../../stores/runs.ts'
import { parameterText } from '../values.ts'

/** Data of a run that Compare needs. */
export interface ComparedRun {
  spec: Spec
  summary: RunSummary
  epochs: readonly EpochMetrics[]
}

export interface RunGroup {
  /** Unique among the groups. */
  label: string
  /** The label without the parts that all groups share, unique too. */
  short: string
  spec: Spec
  runs: ComparedRun[]
}

/** Samples over the replicates. Null if there is no data: no epoch yet, not finished yet, or no devices. */
export interface GroupMetrics {
  mse: Sample | null
  mseLast20: Sample | null
  meanRateHz: Sample | null
  sets: Sample | null
  resets: Sample | null
  seconds: Sample | null
}

const LAST = 20

/** Groups replicates and gives each group a unique label. */
export function groupsOf(runs: ComparedRun[]): RunGroup[] {
  const groups = groupReplicates(runs)
  const plain = groups.map(plainLabel)
  const labels = [...plain]
  for (const indices of Map.groupBy(plain.keys(), (index) => plain[index]).values()) {
    if (indices.length === 1) continue
    const distinctions = distinctionsOf(indices.map((index) => groups[index].spec))
    indices.forEach((index, own) => { labels[index] = `${plain[index]} · ${distinctions[own]}` })
  }
  const short = distinctLabels(labels)
  return groups.map((group, index) => ({
    spec: group.spec,
    runs: group.runs.toSorted((a, b) => a.spec.seed - b.spec.seed),
    label: labels[index],
    short: short[index],
  }))
}

/** Parameters that differ between groups, except the seed. */
export const differencesOf = (groups: RunGroup[]): Difference[] =>
  differencesBetween(groups.map(({ spec }) => ({ ...spec, seed: 0 })))

export const seedsOf = ({ runs }: RunGroup) => runs.map(({ spec }) => formatExact(spec.seed)).join(', ')

/** Final metrics over the replicates. */
export function metricsOf({ runs }: { runs: ComparedRun[] }): GroupMetrics {
  const last = (value: (metrics: EpochMetrics) => number) =>
    sampleOfAll(runs.map(({ epochs }) => (epochs.length > 0 ? value(epochs[epochs.length - 1]) : null)))
  const hasDevices = runs.every(({ spec }) => usesDevices(spec.scheme))
  return {
    mse: last(({ mse }) => mse),
    mseLast20: sampleOfAll(runs.map(({ epochs }) => (epochs.length > 0 ? meanOfLast(epochs) : null))),
    meanRateHz: last(({ meanRateHz }) => meanRateHz),
    sets: hasDevices ? last(({ ledger }) => ledger.set) : null,
    resets: hasDevices ? last(({ ledger }) => ledger.reset) : null,
    seconds: sampleOfAll(runs.map(({ summary }) => secondsOf(summary))),
  }
}

const meanOfLast = (epochs: readonly EpochMetrics[]) => meanOf(epochs.slice(-LAST).map(({ mse }) => mse))

/** Sample of all values; null if one is missing, since n must be the size of the group. */
const sampleOfAll = (values: (number | null)[]): Sample | null =>
  (values.every((value) => value !== null) ? sampleOf(values) : null)

/** Outcomes of the runs, best first: 'learned', or '3 learned, 1 diverged'; a dash while none is known. */
export function outcomesOf({ runs }: { runs: ComparedRun[] }): string {
  const known = outcomes.map((outcome) => ({ outcome, count: runs.filter(({ summary }) => summary.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
  if (known.length === 0) return '–'
  return runs.length === 1 ? known[0].outcome : known.map(({ outcome, count }) => `${count} ${outcome}`).join(', ')
}

/** Outcomes with their reasons, one line per run. */
export const outcomeReasonsOf = ({ runs }: { runs: ComparedRun[] }): string => runs
  .flatMap(({ spec, summary: { outcome, reasons } }) =>
    (outcome === null ? [] : [`Seed ${spec.seed}: ${stabilityText({ outcome, reasons })}`]))
  .join('\n')

/** The common name of all runs, or the title of the scheme if they have none. */
function plainLabel({ spec, runs }: { spec: Spec, runs: ComparedRun[] }): string {
  const names = new Set(runs.map((run) => run.spec.name))
  return names.size === 1 && spec.name ? spec.name : schemeTitle(spec.scheme.kind)
}

/** Number of parameters that tell specs with the same label apart, unless more are needed. */
const FEW = 2

/** For each of several specs with the same label, the first parameters in which it differs from all others. */
function distinctionsOf(twins: Spec[]): string[] {
  const differences = differencesBetween(twins.map((twin) => ({ ...twin, seed: 0 })))
  const textOf = ({ path, title, unit, values }: Difference, own: number) =>
    `${title.split(' · ').at(-1)} ${parameterText(path, values[own])}${unit ? ` ${unit}` : ''}`
  const textsWith = (count: number) => twins.map((_, own) => differences.slice(0, count).map((difference) => textOf(difference, own)).join(', '))
  let count = FEW
  while (count < differences.length && new Set(textsWith(count)).size < twins.length) count++
  return textsWith(count)
}

export const asCompared = ({ spec, summary, epochs }: RunDetail): ComparedRun => ({ spec, summary, epochs })

/** A run with the epochs that events have reported since it was read. */
export const withReported = (run: ComparedRun, reported: readonly EpochMetrics[]): ComparedRun =>
  ({ ...run, epochs: joinedEpochs(run.epochs, reported) })
