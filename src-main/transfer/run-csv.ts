import { initialPulsesOf } from '../../src-engine/analysis/initial-pulses.ts'
import { anyLoss, type LossKind, type MetricKind } from '../../src-engine/experiment/metrics.ts'
import { withNamedLoss } from '../../src-engine/experiment/named-loss.ts'
import { lossOf, metricsOf } from '../../src-engine/experiment/task.ts'
import type { EpochMetrics, StoredOverview } from '../contract/run.ts'
import { csv, csvHeading, csvRows, type Row } from './csv.ts'
import { type ArmsOfSweeps, identityOf } from './run-identity.ts'
import type { RunSource } from './run-source.ts'

const initialColumns = ['devices', 'initialSet', 'initialReset']
const ledgerColumns = ['set', 'reset', 'refresh', 'read']
const epochColumnsOf = (losses: readonly LossKind[], metrics: readonly MetricKind[]) => [
  'epoch', 'loss', ...losses.map(({ id }) => id), ...metrics.map(({ id }) => id), 'meanRateHz', 'silent', 'zeroSurrogate', 'alwaysFiring',
  ...ledgerColumns, 'saturated',
]
const runColumnsOf = (losses: readonly LossKind[], metrics: readonly MetricKind[]) => [
  'epochs', 'epochsDone', 'sequences', 'loss', 'lossLast20', ...losses.flatMap(({ id }) => [id, `${id}Last20`]),
  ...metrics.map(({ id }) => id), 'meanRateHz', ...ledgerColumns, ...initialColumns,
  'secondsPerSequence', 'digest', 'createdAt', 'startedAt', 'endedAt', 'secondsComputed', 'errorCode', 'errorMessage',
]

/** Losses and metrics of the tasks of these runs. Every loss also has a column of its own name, as in version 0.1.0. */
function kindsOf(runs: readonly StoredOverview[]): { losses: LossKind[]; metrics: MetricKind[] } {
  const tasks = [...new Set(runs.map(({ summary }) => summary.task))]
  return {
    losses: distinct(tasks.map(lossOf)).filter(({ id }) => id !== anyLoss.id),
    metrics: distinct(tasks.flatMap(metricsOf)),
  }
}

const distinct = <Kind extends MetricKind>(kinds: readonly Kind[]): Kind[] =>
  [...new Map(kinds.map((kind) => [kind.id, kind])).values()]

/** CSV with one row per epoch of every run, for plots and fits, in pieces. */
export async function* epochsToCsv(
  source: Pick<RunSource, 'epochs'>, runs: readonly StoredOverview[], arms: ArmsOfSweeps,
): AsyncGenerator<string> {
  const { columns, cells } = identityOf(runs, arms)
  const { losses, metrics: kinds } = kindsOf(runs)
  const all = [...columns, ...epochColumnsOf(losses, kinds)]
  yield csvHeading(all)
  for (const run of runs) {
    const identity = cells(run)
    for await (const epochs of source.epochs(run.summary.runId)) {
      yield csvRows(all, epochs.map((one) => ({ ...identity, ...cellsOf(one, run.summary.task) })))
    }
  }
}

const cellsOf = (
  { epoch, loss, metrics, meanRateHz, silent, zeroSurrogate, alwaysFiring, ledger, saturated }: EpochMetrics, task: string,
): Row => ({
  epoch, loss, [lossOf(task).id]: loss, ...metrics, meanRateHz, silent, zeroSurrogate, alwaysFiring, ...ledger, saturated,
})

/** Of a run whose spec cannot be read. */
const unknownPulses = { devices: null, set: null, reset: null }

/** CSV with one row per run: the data of the run list. */
export function runsToCsv(runs: readonly StoredOverview[], arms: ArmsOfSweeps = new Map()): string {
  const { columns, cells } = identityOf(runs, arms)
  const { losses, metrics: kinds } = kindsOf(runs)
  return csv([...columns, ...runColumnsOf(losses, kinds)], runs.map((run) => {
    const { task, epochs, epochsDone, sequences, loss, lossLast20, metrics, meanRateHz, ledger, error, ...rest } = run.summary
    const { devices, set: initialSet, reset: initialReset } = 'texts' in run ? unknownPulses : initialPulsesOf(run.spec)
    const { secondsPerSequence, digest, createdAt, startedAt, endedAt, secondsComputed } = rest
    return {
      ...cells(run), epochs, epochsDone, sequences, ...withNamedLoss({ task, loss, lossLast20 }), ...metrics,
      meanRateHz, ...ledger, devices, initialSet, initialReset,
      secondsPerSequence, digest, createdAt, startedAt, endedAt, secondsComputed,
      errorCode: error?.code ?? null, errorMessage: error?.message ?? null,
    }
  }))
}
