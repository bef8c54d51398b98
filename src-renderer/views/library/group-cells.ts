import { computed } from 'vue'
import { cellText } from '../../../src-engine/query/cell-text.ts'
import { nameOf } from '../../../src-engine/query/names.ts'
import { formatWithError, NO_VALUE } from '../../components/format.ts'
import { type Cell, type SummaryCell, useRunList } from '../../stores/run-list.ts'
import type { ListGroup } from './rows.ts'

/** The title of a choice, or the value as a text. */
export function titleOf(name: string, value: Cell): string {
  const meaning = nameOf(name)!
  return (typeof value === 'string' && meaning.choices[value]) || cellText(meaning, value)
}

/** '0.0123 ± 0.0004 (n = 9)', the shared value, or '3 different'. @param runs number of runs of the group */
export function summaryText(name: string, cell: SummaryCell, runs: number): string {
  if (cell.kind === 'value') return cell.different > 1 ? `${cell.different} different` : titleOf(name, cell.value)
  if (cell.n === 0) return NO_VALUE
  const mean = cell.sd === 0 ? cellText(nameOf(name)!, cell.mean) : formatWithError(cell.mean, cell.sd)
  return mean + (cell.n < runs ? ` (n = ${cell.n})` : '')
}

/** What a group of the list shares, once it is read. */
export function useGroupCells(group: () => ListGroup) {
  const list = useRunList()
  const values = computed(() => list.groupOf(group().key))
  return {
    by: computed(() => list.order?.question.groupBy ?? []),
    keys: computed(() => values.value?.keys ?? []),
    /** Undefined for a column that was chosen after the group was read. */
    cellOf: (name: string): SummaryCell | undefined => values.value?.cells[list.order?.question.columns.indexOf(name) ?? -1],
  }
}
