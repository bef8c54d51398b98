import { stabilityText } from '../../src-engine/analysis/outcome-texts.ts'
import type { RunSummary } from '../app/app.ts'
import { printable } from './printable.ts'

/** Number with three significant digits. NaN and infinities by name, null as a dash. */
export function significant(value: number | null): string {
  if (value === null) return '–'
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value)
}

/** Duration with units: 1 h 04 min, 3 min 20 s, 12.3 s, 14.2 ms. */
export function duration(seconds: number): string {
  if (seconds < 1) return `${significant(1000 * seconds)} ms`
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  const twoDigits = (count: number) => String(count).padStart(2, '0')
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`
  const minutes = Math.round(seconds / 60)
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`
}

/** Size with a decimal unit: 950 B, 1.2 GB. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = count < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3))
  return `${power === 0 ? count : (count / 1000 ** power).toFixed(1)} ${units[power]}`
}

/** Number with its noun: 1 run, 2 runs. */
export const counted = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`

/** Status for people: a `done` run is finished. */
export const statusText = (status: RunSummary['status']) => (status === 'done' ? 'finished' : status)

/** Outcome with its reasons; a dash while it is not known. */
export const outcomeText = ({ outcome, reasons }: Pick<RunSummary, 'outcome' | 'reasons'>) =>
  (outcome === null ? '–' : stabilityText({ outcome, reasons }))

/** Columns of text, left-aligned, two spaces apart. Each row is one line, whatever its cells hold. */
export function table(cells: string[][]): string {
  const rows = cells.map((row) => row.map(printable))
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join('  ').trimEnd()).join('\n')
}

/** Results of a run, one number per line. */
export function describeRun(summary: RunSummary): string {
  const { status, error, ledger, secondsPerSequence } = summary
  return table([
    ['Run', summary.runId],
    ['Status', error ? `${statusText(status)} (${error.code}): ${error.message}` : statusText(status)],
    ['Outcome', outcomeText(summary)],
    ['Preset', summary.preset || '–'],
    ['Scheme', summary.scheme],
    ['Seed', String(summary.seed)],
    ['Epochs', `${summary.epochsDone} of ${summary.epochs}`],
    ['MSE, last epoch', significant(summary.mse)],
    ['MSE, mean of the last 20 epochs', significant(summary.mseLast20)],
    ['Mean rate (Hz)', significant(summary.meanRateHz)],
    ['SET, RESET (pulses)', `${ledger.set}, ${ledger.reset}`],
    ['Refresh (pairs)', String(ledger.refresh)],
    ['READ', String(ledger.read)],
    ['Time computed', summary.secondsComputed ? duration(summary.secondsComputed) : '–'],
    ['Time per sequence', secondsPerSequence === null ? '–' : duration(secondsPerSequence)],
    ['Digest', summary.digest ?? '–'],
  ])
}
