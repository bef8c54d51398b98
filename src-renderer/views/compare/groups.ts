import { outcomes } from '../../../src-engine/statistics/comparison.ts'
import { stabilityText } from '../../../src-engine/statistics/outcome-texts.ts'
import type { ComparedGroup } from '../../../src-engine/charts/compared-groups.ts'
import type { GroupedRun } from '../../../src-engine/experiment/run-groups.ts'
import { meanOfLast } from '../../../src-engine/statistics/learning-curve.ts'
import { type Sample, sampleOf } from '../../../src-engine/statistics/samples.ts'
import type { LossKind, MetricKind } from '../../../src-engine/experiment/metrics.ts'
import { sharedLoss, sharedMetrics } from '../../../src-engine/experiment/task.ts'
import { usesDevices } from '../../../src-engine/experiment/scheme.ts'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import { formatExact } from '../../components/format.ts'
import { joinedEpochs } from '../../stores/live-summary.ts'
import { type EpochMetrics, type RunSummary, secondsOf, type StoredRun } from '../../stores/runs.ts'

/** Data of a run that Compare needs. */
export interface ComparedRun {
  /** Null if this version cannot read it. Such a run is a group of its own. */
  spec: Spec | null
  summary: RunSummary
  epochs: readonly EpochMetrics[]
}

export type RunGroup = ComparedGroup<ComparedRun>

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

export const seedsOf = ({ runs }: { runs: readonly GroupedRun[] }) => runs.map(({ summary }) => formatExact(summary.seed)).join(', ')

type Groups = readonly { runs: readonly ComparedRun[] }[]

/** Metrics besides the loss that all runs report. */
export const metricsOfGroups = (groups: Groups): readonly MetricKind[] => sharedMetrics(tasksOf(groups))

/** The loss of all runs, or a general one. */
export const lossOfGroups = (groups: Groups): LossKind => sharedLoss(tasksOf(groups))

const tasksOf = (groups: Groups) => groups.flatMap(({ runs }) => runs.map(({ summary }) => summary.task))

/** Final metrics over the replicates. */
export function metricsOf({ runs }: { runs: readonly ComparedRun[] }): GroupMetrics {
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
export function outcomesOf({ runs }: { runs: readonly ComparedRun[] }): string {
  const known = outcomes.map((outcome) => ({ outcome, count: runs.filter(({ summary }) => summary.outcome === outcome).length }))
    .filter(({ count }) => count > 0)
  if (known.length === 0) return '–'
  return runs.length === 1 ? known[0]!.outcome : known.map(({ outcome, count }) => `${count} ${outcome}`).join(', ')
}

/** Outcomes with their reasons, one line per run. */
export const outcomeReasonsOf = ({ runs }: { runs: readonly ComparedRun[] }): string => runs
  .flatMap(({ summary: { seed, outcome, reasons } }) =>
    (outcome === null ? [] : [`Seed ${seed}: ${stabilityText({ outcome, reasons })}`]))
  .join('\n')

export const asCompared = (run: StoredRun): ComparedRun =>
  ({ spec: 'spec' in run ? run.spec : null, summary: run.summary, epochs: run.epochs })

/** A run with the epochs that events have reported since it was read. */
export const withReported = (run: ComparedRun, reported: readonly EpochMetrics[]): ComparedRun =>
  ({ ...run, epochs: joinedEpochs(run.epochs, reported) })
