import { stabilityText } from '../../src-engine/statistics/outcome-texts.ts'
import { formatDuration } from '../../src-engine/format/durations.ts'
import { formatNumber } from '../../src-engine/format/numbers.ts'
import { formatMetric, titleWithUnit } from '../../src-engine/experiment/metrics.ts'
import { lossOf, metricsOf } from '../../src-engine/experiment/task.ts'
import { statusTitles } from '../../src-engine/experiment/run-status.ts'
import type { RunSummary } from '../app/app.ts'
import { printable } from './printable.ts'

/** Status for people: a `done` run is finished. */
/** Status of a run, and what is to be known about it. */
export const statusOf = ({ status, unverified, unreadable }: RunSummary): string =>
  [statusText(status), ...(unverified ? ['imported, not verified'] : []), ...(unreadable === undefined ? [] : ['unreadable'])].join(', ')

export const statusText = (status: RunSummary['status']) => statusTitles[status]

/** Outcome with its reasons; a dash while it is not known. */
export const outcomeText = ({ outcome, reasons }: Pick<RunSummary, 'outcome' | 'reasons'>) =>
  (outcome === null ? '–' : stabilityText({ outcome, reasons }))

/** Columns of text, left-aligned, two spaces apart. Each row is one line, whatever its cells hold. */
export function table(cells: string[][]): string {
  const rows = cells.map((row) => row.map(printable))
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ').trimEnd()).join('\n')
}

/** Results of a run, one number per line. */
export function describeRun(summary: RunSummary): string {
  const { error, ledger, secondsPerSequence } = summary
  const loss = lossOf(summary.task)
  return table([
    ['Run', summary.runId],
    ['Status', error ? `${statusOf(summary)} (${error.code}): ${error.message}` : statusOf(summary)],
    ['Outcome', outcomeText(summary)],
    ['Preset', summary.preset || '–'],
    ['Scheme', summary.scheme],
    ['Seed', String(summary.seed)],
    ['Epochs', `${summary.epochsDone} of ${summary.epochs}`],
    [`${loss.title}, last epoch`, formatMetric(loss, summary.loss)],
    [`${loss.title}, mean of the last 20 epochs`, formatMetric(loss, summary.lossLast20)],
    ...metricsOf(summary.task).map((metric) => [titleWithUnit(metric), formatMetric(metric, summary.metrics[metric.id])]),
    ['Mean rate (Hz)', formatNumber(summary.meanRateHz)],
    ['SET, RESET (pulses)', `${ledger.set}, ${ledger.reset}`],
    ['Refresh (pairs)', String(ledger.refresh)],
    ['READ', String(ledger.read)],
    ['Time computed', summary.secondsComputed ? formatDuration(summary.secondsComputed) : '–'],
    ['Time per sequence', secondsPerSequence === null ? '–' : formatDuration(secondsPerSequence)],
    ['Digest', summary.digest ?? '–'],
  ])
}
