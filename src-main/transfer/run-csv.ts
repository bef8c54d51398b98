import Papa from 'papaparse'
import type { RunDetail } from '../contract/run.ts'

type Row = Record<string, string | number | null>

/** CSV with one row per epoch of every run, for plots and fits. */
export const epochsToCsv = (runs: RunDetail[]): string => csv(epochColumns, runs.flatMap(({ summary, epochs }) =>
  epochs.map(({ epoch, mse, meanRateHz, silent, ledger, saturated }) => ({
    ...identityOf(summary), epoch, mse, meanRateHz, silent, ...ledger, saturated,
  }))))

/** CSV with one row per run: the data of the run list. */
export const runsToCsv = (runs: RunDetail[]): string => csv(runColumns, runs.map(({ summary }) => {
  const { ledger, error, sweep, reasons, ...rest } = summary
  return {
    ...rest, ...ledger, reasons: reasons.join(', '),
    sweepId: sweep?.sweepId ?? null, arm: sweep?.arm ?? null,
    errorCode: error?.code ?? null, errorMessage: error?.message ?? null,
  }
}))

const identityColumns = ['runId', 'name', 'preset', 'scheme', 'seed']
const ledgerColumns = ['set', 'reset', 'refresh', 'read']
const epochColumns = [...identityColumns, 'epoch', 'mse', 'meanRateHz', 'silent', ...ledgerColumns, 'saturated']
const runColumns = [
  ...identityColumns, 'status', 'outcome', 'reasons', 'epochs', 'epochsDone', 'sequences', 'mse', 'mseLast20', 'meanRateHz', ...ledgerColumns,
  'secondsPerSequence', 'digest', 'createdAt', 'startedAt', 'endedAt', 'secondsComputed', 'errorCode', 'errorMessage', 'sweepId', 'arm',
]

const identityOf = ({ runId, name, preset, scheme, seed }: RunDetail['summary']) => ({ runId, name, preset, scheme, seed })

/** Text that a spreadsheet would take for a formula. Some skip leading white space, and some accept full-width signs. */
const FORMULA = /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/

/** CSV text (RFC 4180). JavaScript number formatting reads back to the same bits; null is an empty cell. */
export const csv = (columns: string[], rows: Row[]): string =>
  `${Papa.unparse({ fields: columns, data: rows.map((row) => columns.map((name) => cell(row[name]))) })}\r\n`

function cell(value: string | number | null): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (value === null) return ''
  return FORMULA.test(value) ? `'${value}` : value
}
