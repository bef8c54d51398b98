import { outcomes } from '../../../src-engine/statistics/comparison.ts'
import { stabilityText } from '../../../src-engine/statistics/outcome-texts.ts'
import { differencesBetween, type Difference } from '../../../src-engine/experiment/parameters.ts'
import { groupReplicates } from '../../../src-engine/experiment/replicates.ts'
import { meanOfLast } from '../../../src-engine/statistics/learning-curve.ts'
import { type Sample, sampleOf } from '../../../src-engine/statistics/samples.ts'
import type { LossKind, MetricKind } from '../../../src-engine/experiment/metrics.ts'
import { sharedLoss, sharedMetrics } from '../../../src-engine/experiment/task.ts'
import { distinctLabels } from '../../../src-engine/format/labels.ts'
import { usesDevices } from '../../../src-engine/experiment/scheme.ts'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import { formatExact } from '../../components/format.ts'
import { schemeTitle } from '../../../src-engine/experiment/scheme.ts'
import { joinedEpochs } from '../../stores/live-summary.ts'
import { type EpochMetrics, type RunSummary, secondsOf, type StoredRun } from '../../stores/runs.ts'
import { parameterText } from '../values.ts'

/** Data of a run that Compare needs. */
export interface ComparedRun {
  /** Null if this version cannot read it. Such a run is a group of its own. */
  spec: Spec | null
  summary: RunSummary
  epochs: readonly EpochMetrics[]
}

export interface RunGroup {
  /** Unique among the groups. */
  label: string
  /** The label without the parts that all groups share, unique too. */
  short: string
  spec: Spec | null
  /** Kind of the update scheme. */
  scheme: string
  runs: ComparedRun[]
}

/** Samples over the replicates. Null if there is no data: no epoch yet, not finished yet, or no devices. */
export interface GroupMetrics {
  /** Metrics of the task besides the loss, in the last epoch, by id. */
  metrics: Record<string, Sample | null>
  loss: Sample | null
  lossLast20: Sample | null
  meanRateHz: Sample | null
  sets: Sample | null
  resets: Sample | null
  seconds: Sample | null
}

/** Groups replicates and gives each group a unique label. */
export function groupsOf(runs: ComparedRun[]): RunGroup[] {
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

const hasSpec = (run: ComparedRun): run is ComparedRun & { spec: Spec } => run.spec !== null

/** Parameters that differ between groups, except the seed. A group whose spec cannot be read has no values. */
export function differencesOf(groups: readonly Pick<RunGroup, 'spec'>[]): Difference[] {
  const differences = differencesBetween(groups.flatMap(({ spec }) => (spec ? [{ ...spec, seed: 0 }] : [])))
  const places = groups.map(({ spec }, index) => (spec ? groups.slice(0, index).filter((other) => other.spec).length : -1))
  return differences.map((difference) => ({ ...difference, values: places.map((place) => difference.values[place] ?? null) }))
}

export const seedsOf = ({ runs }: RunGroup) => runs.map(({ summary }) => formatExact(summary.seed)).join(', ')

type Groups = readonly { runs: readonly ComparedRun[] }[]

/** Metrics besides the loss that all runs report. */
export const metricsOfGroups = (groups: Groups): readonly MetricKind[] => sharedMetrics(tasksOf(groups))

/** The loss of all runs, or a general one. */
export const lossOfGroups = (groups: Groups): LossKind => sharedLoss(tasksOf(groups))

const tasksOf = (groups: Groups) => groups.flatMap(({ runs }) => runs.map(({ summary }) => summary.task))

/** Final metrics over the replicates. */
export function metricsOf({ runs }: { runs: ComparedRun[] }): GroupMetrics {
  const last = (value: (metrics: EpochMetrics) => number) =>
    sampleOfAll(runs.map(({ epochs }) => (epochs.length > 0 ? value(epochs[epochs.length - 1]!) : null)))
  const hasDevices = runs.every(({ spec, summary: { ledger } }) =>
    (spec ? usesDevices(spec.scheme) : ledger.set + ledger.read > 0))
  return {
    loss: last(({ loss }) => loss),
    lossLast20: sampleOfAll(runs.map(({ epochs }) => (epochs.length > 0 ? meanOfLast(epochs.map(({ loss }) => loss)) : null))),
    metrics: Object.fromEntries(metricsOfGroups([{ runs }]).map(({ id }) => [id, last(({ metrics }) => metrics[id] ?? NaN)])),
    meanRateHz: last(({ meanRateHz }) => meanRateHz),
    sets: hasDevices ? last(({ ledger }) => ledger.set) : null,
    resets: hasDevices ? last(({ ledger }) => ledger.reset) : null,
    seconds: sampleOfAll(runs.map(({ summary }) => secondsOf(summary))),
  }
}

/** Sample of all values; null if one is missing, since n must be the size of the group. */
const sampleOfAll = (values: (number | null)[]): Sample | null =>
  (values.every((value) => value !== null) ? sampleOf(values) : null)

/** Outcomes of the runs, best first: 'learned', or '3 learned, 1 diverged'; a dash while none is known. */
export function outcomesOf({ runs }: { runs: ComparedRun[] }): string {
  const known = outcomes.map((outcome) => ({ outcome, count: runs.filter(({ summary }) => summary.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
  if (known.length === 0) return '–'
  return runs.length === 1 ? known[0]!.outcome : known.map(({ outcome, count }) => `${count} ${outcome}`).join(', ')
}

/** Outcomes with their reasons, one line per run. */
export const outcomeReasonsOf = ({ runs }: { runs: ComparedRun[] }): string => runs
  .flatMap(({ summary: { seed, outcome, reasons } }) =>
    (outcome === null ? [] : [`Seed ${seed}: ${stabilityText({ outcome, reasons })}`]))
  .join('\n')

/** The common name of all runs, or the title of the scheme if they have none. */
function plainLabel({ runs }: { runs: ComparedRun[] }): string {
  const { name, scheme, runId } = runs[0]!.summary
  const names = new Set(runs.map(({ summary }) => summary.name))
  return names.size === 1 && name ? name : schemeTitle(scheme) || runId
}

/** Number of parameters that tell specs with the same label apart, unless more are needed. */
const FEW = 2

/** For each of several specs with the same label, the first parameters in which it differs from all others. */
function distinctionsOf(twins: { spec: Spec | null, runs: ComparedRun[] }[]): string[] {
  const differences = differencesOf(twins)
  const textOf = ({ path, title, unit, values }: Difference, own: number) =>
    `${title.split(' · ').at(-1)} ${parameterText(path, values[own] ?? null)}${unit ? ` ${unit}` : ''}`
  const textsWith = (count: number) => twins.map(({ spec, runs }, own) =>
    (spec ? differences.slice(0, count).map((difference) => textOf(difference, own)).join(', ') : `run ${runs[0]!.summary.runId}`))
  let count = FEW
  while (count < differences.length && new Set(textsWith(count)).size < twins.length) count++
  return textsWith(count)
}

export const asCompared = (run: StoredRun): ComparedRun =>
  ({ spec: 'spec' in run ? run.spec : null, summary: run.summary, epochs: run.epochs })

/** A run with the epochs that events have reported since it was read. */
export const withReported = (run: ComparedRun, reported: readonly EpochMetrics[]): ComparedRun =>
  ({ ...run, epochs: joinedEpochs(run.epochs, reported) })
