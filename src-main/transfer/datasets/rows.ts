import { initialPulsesOf } from '../../../src-engine/analysis/initial-pulses.ts'
import { leafValues, tableValue } from '../../../src-engine/experiment/parameters.ts'
import { importedFields, lossOf } from '../../../src-engine/experiment/task.ts'
import type { EpochMetrics, RunSummary, StoredOverview } from '../../contract/run.ts'
import type { Arm } from '../../contract/sweep.ts'
import type { Row } from '../csv.ts'
import type { Column } from './table.ts'

/** Arms of the sweeps that the runs belong to, by sweep. A sweep that is no longer in the library is missing. */
export type ArmsOfSweeps = ReadonlyMap<string, readonly Arm[]>

/** The seed, labels and scheme have their own columns. Samples of a signal are named by its file and column. */
const notParameters = new Set(['seed', 'name', 'preset', 'scheme.kind', ...importedFields])

/** Parameters of a run by their path in the spec. None if its spec cannot be read. */
export const parametersOf = (run: StoredOverview): [path: string, value: unknown][] =>
  ('texts' in run ? [] : [...leafValues(run.spec)].filter(([path]) => !notParameters.has(path)))

/** Pulses of a run whose spec cannot be read. */
const unknownPulses = { devices: null, set: null, reset: null }

/** Everything that the table of runs has of a run. */
export function runRow(run: StoredOverview, arms: ArmsOfSweeps): Row {
  const { runId, name, preset, scheme, seed, status, outcome, reasons, sweep, ...measured } = run.summary
  const { task, epochs, epochsDone, sequences, loss, lossLast20, metrics, meanRateHz, ledger, error } = measured
  const { secondsPerSequence, digest, createdAt, startedAt, endedAt, secondsComputed, annotation } = measured
  const { devices, set: initialSet, reset: initialReset } = 'texts' in run ? unknownPulses : initialPulsesOf(run.spec)
  return {
    runId, name, preset, scheme, seed, status, outcome, reasons: reasons.join('; '), unverified: String(run.summary.unverified === true),
    sweepId: sweep?.sweepId ?? null, arm: sweep?.arm ?? null, armLabel: labelOf(run.summary, arms),
    ...Object.fromEntries(parametersOf(run).map(([path, value]) => [path, tableValue(value)])),
    unreadable: run.summary.unreadable ?? null,
    epochs, epochsDone, sequences, ...lossCells(task, loss, lossLast20), ...metrics, meanRateHz, ...ledger,
    devices, initialSet, initialReset, secondsPerSequence, digest, createdAt, startedAt, endedAt, secondsComputed,
    starred: String(annotation?.starred ?? false), tags: annotation?.tags.join('; ') ?? '', note: annotation?.note ?? '',
    errorCode: error?.code ?? null, errorMessage: error?.message ?? null,
  }
}

function lossCells(task: string, loss: number | null, lossLast20: number | null): Row {
  const { id } = lossOf(task)
  return { loss, lossLast20, [id]: loss, [`${id}Last20`]: lossLast20 }
}

const labelOf = ({ sweep }: RunSummary, arms: ArmsOfSweeps) =>
  (sweep && arms.get(sweep.sweepId)?.[sweep.arm]?.label) ?? null

/** The cells of these columns only. */
export const cellsOf = (row: Row, columns: readonly Column[]): Row =>
  Object.fromEntries(columns.map(({ name }) => [name, row[name] ?? null]))

/** @param identity cells that tell the run apart */
export function epochRow(identity: Row, { epoch, loss, metrics, ledger, ...more }: EpochMetrics, task: string): Row {
  const { meanRateHz, silent, zeroSurrogate, alwaysFiring, saturated } = more
  return {
    ...identity, epoch, loss, [lossOf(task).id]: loss, ...metrics,
    meanRateHz, silent, zeroSurrogate, alwaysFiring, ...ledger, saturated,
  }
}

/** @param identity cells that tell the run apart */
export const patternRows = (identity: Row, { epoch, patternLosses }: EpochMetrics): Row[] =>
  patternLosses.map((loss, pattern) => ({ ...identity, epoch, pattern, loss }))
