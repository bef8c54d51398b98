import type { LossKind } from '../../../src-engine/experiment/metrics.ts'
import type { SortColumn } from '../../stores/settings.ts'

export interface Column {
  column: SortColumn
  title: string
  isNumber: boolean
}

/** 'Sort by status', but 'Sort by MSE (last 20)'. */
export const sortTitle = (title: string) => `Sort by ${/^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title}`

/** Columns of the list after the checkbox, in order. */
export const columnsFor = (loss: LossKind): readonly Column[] => [
  { column: 'status', title: 'Status', isNumber: false },
  { column: 'outcome', title: 'Outcome', isNumber: false },
  { column: 'name', title: 'Name', isNumber: false },
  { column: 'scheme', title: 'Scheme', isNumber: false },
  { column: 'seed', title: 'Seed', isNumber: true },
  { column: 'epochs', title: 'Epochs', isNumber: true },
  { column: 'loss', title: `${loss.title} (last 20)`, isNumber: true },
  { column: 'rate', title: 'Rate (Hz)', isNumber: true },
  { column: 'duration', title: 'Duration', isNumber: true },
  { column: 'created', title: 'Created', isNumber: true },
]
