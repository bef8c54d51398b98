import Papa from 'papaparse'
import type { RunDetail } from '../contract/run.ts'

type Row = Record<string, string | number | null>

/** One row an epoch of every run: the table to plot or to fit. */
export const epochsToCsv = (runs: RunDetail[]): string => csv(epochColumns, runs.flatMap(({ summary, epochs }) =>
  epochs.map(({ epoch, mse, meanRateHz, ledger, saturated }) => ({
    ...identityOf(summary), epoch, mse, meanRateHz, ...ledger, saturated,
  }))))

/** One row a run: what the library's list shows of it. */
export const runsToCsv = (runs: RunDetail[]): string => csv(runColumns, runs.map(({ summary }) => {
  const { ledger, error, sweep, ...rest } = summary
  return {
    ...rest, ...ledger,
    sweepId: sweep?.sweepId ?? null, arm: sweep?.arm ?? null,
    errorCode: error?.code ?? null, errorMessage: error?.message ?? null,
  }
}))

const identityColumns = ['runId', 'name', 'preset', 'scheme', 'seed']
const ledgerColumns = ['set', 'reset', 'refresh', 'read']
const epochColumns = [...identityColumns, 'epoch', 'mse', 'meanRateHz', ...ledgerColumns, 'saturated']
const runColumns = [
  ...identityColumns, 'status', 'epochs', 'epochsDone', 'sequences', 'mse', 'mseLast20', 'meanRateHz', ...ledgerColumns,
  'secondsPerSequence', 'digest', 'createdAt', 'startedAt', 'endedAt', 'errorCode', 'errorMessage', 'sweepId', 'arm',
]

const identityOf = ({ runId, name, preset, scheme, seed }: RunDetail['summary']) => ({ runId, name, preset, scheme, seed })

/** Text that a spreadsheet would take for a formula; some look past white space, some read full-width signs. */
const FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/

/** RFC 4180. Numbers as JavaScript writes them, so that they read back to the same bits; null is an empty cell. */
export const csv = (columns: string[], rows: Row[]): string =>
  `${Papa.unparse({ fields: columns, data: rows.map((row) => columns.map((name) => cell(row[name]))) })}\r\n`

function cell(value: string | number | null): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (value === null) return ''
  return FORMULA.test(value) ? `'${value}` : value
}
