import { cellText } from '../../../src-engine/query/cell-text.ts'
import { nameOf } from '../../../src-engine/query/names.ts'
import { schemeTitle } from '../../../src-engine/experiment/scheme.ts'
import { statusTitles } from '../../../src-engine/experiment/run-status.ts'
import { counted, formatDate, formatDuration, formatRelative, formatWithError, NO_VALUE } from '../../components/format.ts'
import { outcomeHint, outcomeMark, statusMark } from '../../components/marks.ts'
import { schemeDot } from '../../components/scheme-colours.ts'
import { type Cell, type SummaryCell, useRunList } from '../../stores/run-list.ts'
import { useRunName } from '../../stores/run-name.ts'
import { type RunStatus, type RunSummary, useRuns } from '../../stores/runs.ts'
import type { CellContent, FitName, ListCell, RowContent } from './cells.ts'
import type { Column } from './columns.ts'
import type { ListGroup } from './rows.ts'

/** Of the button that opens a group, px. */
const FOLD = 20
/** Of the number of runs after a name, px per character. */
const PER_CHARACTER = 8

/** The title of a choice, or the value as a text. */
function titleOf(name: string, value: Cell): string {
  const meaning = nameOf(name)!
  return (typeof value === 'string' && meaning.choices[value]) || cellText(meaning, value)
}

/** '0.0123 ± 0.0004 (n = 9)', the shared value, or '3 different'. @param runs number of runs of the group */
function summaryText(name: string, cell: SummaryCell | undefined, runs: number): string {
  if (cell === undefined) return ''
  if (cell.kind === 'value') return cell.different > 1 ? `${cell.different} different` : titleOf(name, cell.value)
  if (cell.n === 0) return NO_VALUE
  const mean = cell.sd === 0 ? cellText(nameOf(name)!, cell.mean) : formatWithError(cell.mean, cell.sd)
  return mean + (cell.n < runs ? ` (n = ${cell.n})` : '')
}

const isMixed = (cell: SummaryCell | undefined) => cell?.kind === 'value' && cell.different > 1
const sharedOf = (cell: SummaryCell | undefined) => (cell?.kind === 'value' && cell.different === 1 ? cell.value : null)
/** Of times, the latest. */
const latestOf = (cell: SummaryCell | undefined) => (cell?.kind === 'value' && typeof cell.value === 'string' ? cell.value : null)

/** What the row of a group shows: the values that its runs share, how many there are, and mean ± SD of every column of numbers. */
export function useGroupCells() {
  const list = useRunList()
  const cellsOf = useSummaryCells()

  return (group: ListGroup, columns: readonly Column[]): RowContent => {
    const titles = (list.groupOf(group.key)?.keys ?? []).map((key, index) => titleOf(group.by[index]!, key))
    const label = titles.join(' · ')
    const cellOf = cellsOf(group)
    const numbers = columns.findIndex(({ name }) => cellOf(name)?.kind === 'number')
    const span = Math.max(1, numbers < 0 ? columns.length : numbers)
    const lead: ListCell = {
      column: '', isNumber: false, span, fold: { isOpen: group.isOpen, what: label }, text: label, isStrong: true,
      more: `\u00a0 ${counted(group.runIds.length, 'run')}`, title: titles.map((title, index) => `${group.by[index]} = ${title}`).join('\n'),
    }
    const cells = columns.slice(span).map(({ name, isNumber }): ListCell => {
      const text = summaryText(name, cellOf(name), group.runIds.length)
      return { column: name, isNumber, text, title: text, isQuiet: isMixed(cellOf(name)), test: `group-${name}` }
    })
    return { tick: { label: `Tick the group ${label}` }, cells: [lead, ...cells] }
  }
}

/** What a row of replicates shows. They differ in their seed only, so the first tells what they share. */
export function useReplicateCells(fit: FitName, now: () => number) {
  const runs = useRuns()
  const nameOfRun = useRunName()
  const cellsOf = useSummaryCells()

  return (group: ListGroup, columns: readonly Column[]): RowContent => {
    const first = runs.byId.get(group.runIds[0]!) ?? null
    const count = counted(group.runIds.length, 'run')
    const label = first === null ? '' : nameOfRun(first)
    const what = `the ${count} of ${label}`
    const cellOf = cellsOf(group)
    const lead = columns.some(({ name }) => name === 'name') ? 'name' : columns[0]?.name
    const contentOf = (name: string): CellContent => {
      const cell = cellOf(name)
      const text = summaryText(name, cell, group.runIds.length)
      const content = { text, title: text, isQuiet: isMixed(cell), ...(first !== null && shownOf(name, cell, first)) }
      return name === lead ? { ...content, fold: { isOpen: group.isOpen, what }, more: `\u00a0${count}` } : content
    }
    const shownOf = (name: string, cell: SummaryCell | undefined, first: RunSummary): Partial<CellContent> => {
      const shared = sharedOf(cell)
      switch (name) {
        case 'name': return { text: fit(label, FOLD + PER_CHARACTER * count.length), title: label, isQuiet: false }
        case 'scheme': return { text: schemeTitle(first.scheme), dot: schemeDot(first.scheme) }
        case 'status': return shared === null ? {} : { text: statusTitles[shared as RunStatus], mark: statusMark(shared as RunStatus) }
        case 'outcome': return shared === null || first.outcome === null ? {}
          : { text: first.outcome, mark: outcomeMark(first.outcome), title: outcomeHint(first.outcome, first.reasons) }
        // Many seeds are not worth their space, and their number is that of the runs.
        case 'seed': return shared === null ? { text: '' } : {}
        case 'duration': return { text: formatDuration(cell?.kind === 'number' && cell.n > 0 ? cell.mean : null) }
        case 'created': {
          const latest = latestOf(cell)
          return latest === null ? { text: '' }
            : { text: formatRelative(latest, now()), title: `Latest: ${formatDate(latest)}`, isQuiet: true }
        }
        default: return {}
      }
    }
    return {
      tick: { label: `Tick ${what}` },
      cells: columns.map(({ name, isNumber }) => ({ column: name, isNumber, ...contentOf(name), test: `replicates-${name}` })),
    }
  }
}

/** Values of a group by column; undefined for a column that was chosen after the group was read. */
function useSummaryCells() {
  const list = useRunList()
  return (group: ListGroup) => {
    const cells = list.groupOf(group.key)?.cells
    return (name: string): SummaryCell | undefined => cells?.[name]
  }
}
