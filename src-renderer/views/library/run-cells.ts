import { formatCount, formatDate, formatDuration, formatExact, formatNumber, formatRelative, NO_VALUE, sentence } from '../../components/format.ts'
import { outcomeHint, outcomeMark, statusMark, UNVERIFIED, unreadableMark, unverifiedMark, waitingMark } from '../../components/marks.ts'
import { schemeDot } from '../../components/scheme-colours.ts'
import { formatMetric } from '../../../src-engine/experiment/metrics.ts'
import { statusTitles } from '../../../src-engine/experiment/run-status.ts'
import { schemeTitle } from '../../../src-engine/experiment/scheme.ts'
import { lossOf } from '../../../src-engine/experiment/task.ts'
import { cellText } from '../../../src-engine/query/cell-text.ts'
import { nameOf as nameInQueries } from '../../../src-engine/query/names.ts'
import { useRunList } from '../../stores/run-list.ts'
import { useRunName } from '../../stores/run-name.ts'
import { type RunSummary, secondsOf, useRuns } from '../../stores/runs.ts'
import { isOwn, type OwnColumn } from '../../stores/table.ts'
import type { CellContent, FitName, RowContent } from './cells.ts'
import type { Column } from './columns.ts'

/** Of a star and its gap, px. */
const STAR = 18
const unverified = { mark: unverifiedMark, title: UNVERIFIED, test: 'unverified-badge' }

/** What the row of a run shows. */
export function useRunCells(fit: FitName, now: () => number) {
  const runs = useRuns()
  const list = useRunList()
  const nameOf = useRunName()

  const statusOf = (run: RunSummary): CellContent => {
    if (run.unreadable) return { text: 'unreadable', mark: unreadableMark, title: run.unreadable, test: 'unreadable-badge' }
    const waiting = runs.waitingOf(run.runId)
    if (waiting !== null) return { text: 'waiting', mark: waitingMark, title: sentence(waiting), test: 'waiting-badge' }
    return { text: statusTitles[run.status], mark: statusMark(run.status), title: run.error?.message }
  }
  const statusCell = (run: RunSummary): CellContent => ({ ...statusOf(run), flag: run.unverified ? unverified : undefined })
  const outcomeOf = ({ outcome, reasons }: RunSummary): CellContent => (outcome === null
    ? { text: NO_VALUE, isQuiet: true }
    : { text: outcome, mark: outcomeMark(outcome), title: outcomeHint(outcome, reasons), test: 'outcome' })
  const nameCell = (run: RunSummary): CellContent => {
    const isStarred = run.annotation?.starred
    return { text: fit(nameOf(run), isStarred ? STAR : 0), isStarred, isQuiet: run.name === '', title: nameOf(run) }
  }
  const epochsOf = (run: RunSummary): CellContent => {
    const done = formatCount(runs.withLiveState(run).epochsDone)
    const of = formatCount(run.epochs)
    const share = run.status === 'running' ? runs.shareOf(run) : undefined
    return { text: done, more: `\u00a0/ ${of}`, title: `${done} of ${of} epochs`, share }
  }
  const numberOf = (text: (value: number | null) => string, value: number | null): CellContent =>
    ({ text: text(value), title: formatExact(value) })

  const own: Readonly<Record<OwnColumn, (run: RunSummary) => CellContent>> = {
    status: statusCell,
    outcome: outcomeOf,
    name: nameCell,
    scheme: ({ scheme }) => ({ text: schemeTitle(scheme), dot: schemeDot(scheme) }),
    seed: ({ seed }) => ({ text: formatExact(seed) }),
    epochs: epochsOf,
    loss: (run) => numberOf((loss) => formatMetric(lossOf(run.task), loss), runs.withLiveState(run).lossLast20),
    rate: (run) => numberOf(formatNumber, runs.withLiveState(run).meanRateHz),
    duration: (run) => ({ text: formatDuration(secondsOf(run)) }),
    created: ({ createdAt }) => ({ text: formatRelative(createdAt, now()), title: formatDate(createdAt), isQuiet: true }),
  }
  const other = (run: RunSummary, column: string): CellContent => {
    const cell = list.cellOf(run.runId, column)
    const text = cell === undefined ? '' : cellText(nameInQueries(column)!, cell)
    return { text, title: text, test: `cell-${column}` }
  }

  return (run: RunSummary, columns: readonly Column[]): RowContent => ({
    tick: { label: `Tick ${nameOf(run)}`, test: `tick-${run.runId}` },
    cells: columns.map(({ name: column, isNumber }) =>
      ({ column, isNumber, ...(isOwn(column) ? own[column](run) : other(run, column)) })),
  })
}
