import { initialPulsesOf } from '../../src-engine/analysis/initial-pulses.ts'
import type { StoredOverview } from '../contract/run.ts'
import { csv, csvHeading, csvRows } from './csv.ts'
import { type ArmsOfSweeps, identityOf } from './run-identity.ts'
import type { RunSource } from './run-source.ts'

const initialColumns = ['devices', 'initialSet', 'initialReset']
const ledgerColumns = ['set', 'reset', 'refresh', 'read']
const epochColumns = ['epoch', 'mse', 'meanRateHz', 'silent', 'zeroSurrogate', 'alwaysFiring', ...ledgerColumns, 'saturated']
const runColumns = [
  'epochs', 'epochsDone', 'sequences', 'mse', 'mseLast20', 'meanRateHz', ...ledgerColumns, ...initialColumns,
  'secondsPerSequence', 'digest', 'createdAt', 'startedAt', 'endedAt', 'secondsComputed', 'errorCode', 'errorMessage',
]

/** CSV with one row per epoch of every run, for plots and fits, in pieces. */
export async function* epochsToCsv(
  source: Pick<RunSource, 'epochs'>, runs: readonly StoredOverview[], arms: ArmsOfSweeps,
): AsyncGenerator<string> {
  const { columns, cells } = identityOf(runs, arms)
  const all = [...columns, ...epochColumns]
  yield csvHeading(all)
  for (const run of runs) {
    const identity = cells(run)
    for await (const epochs of source.epochs(run.summary.runId)) {
      yield csvRows(all, epochs.map(({ epoch, mse, meanRateHz, silent, zeroSurrogate, alwaysFiring, ledger, saturated }) =>
        ({ ...identity, epoch, mse, meanRateHz, silent, zeroSurrogate, alwaysFiring, ...ledger, saturated })))
    }
  }
}

/** Of a run whose spec cannot be read. */
const unknownPulses = { devices: null, set: null, reset: null }

/** CSV with one row per run: the data of the run list. */
export function runsToCsv(runs: readonly StoredOverview[], arms: ArmsOfSweeps = new Map()): string {
  const { columns, cells } = identityOf(runs, arms)
  return csv([...columns, ...runColumns], runs.map((run) => {
    const { epochs, epochsDone, sequences, mse, mseLast20, meanRateHz, ledger, error, ...rest } = run.summary
    const { devices, set: initialSet, reset: initialReset } = 'texts' in run ? unknownPulses : initialPulsesOf(run.spec)
    const { secondsPerSequence, digest, createdAt, startedAt, endedAt, secondsComputed } = rest
    return {
      ...cells(run), epochs, epochsDone, sequences, mse, mseLast20, meanRateHz, ...ledger, devices, initialSet, initialReset,
      secondsPerSequence, digest, createdAt, startedAt, endedAt, secondsComputed,
      errorCode: error?.code ?? null, errorMessage: error?.message ?? null,
    }
  }))
}
