import type { Command } from '../../stores/commands.ts'
import { type ExportFormat, exportFormats, type Shelf } from '../../stores/runs.ts'
import { type Column, sortTitle } from './columns.ts'

/** What the commands of the Library screen do. `notComparable` and `whyNot…` return why a command is unavailable, or null. */
export interface LibraryActions {
  search: () => void
  notComparable: () => string | null
  compare: () => void
  whyNotExported: () => string | null
  exportRuns: (format: ExportFormat) => void
  /** Estimated size of an export: 'about 12 MB'. */
  sizeOf: (format: ExportFormat) => string | null
  verify: Command
  whyNotMoved: (to: Shelf) => string | null
  move: (to: Shelf) => void
  whyNotDeleted: () => string | null
  askToDelete: () => void
  whyNotUndone: () => string | null
  undo: () => void
  /** The runs that a move, an export or a deletion affects: '3 ticked runs'. */
  target: () => string
  show: (shelf: Shelf) => void
  tickShown: (tick: boolean) => void
  chooseColumns: () => void
  /** Show replicates as one row, or each by itself. */
  foldReplicates: () => void
}

/** Commands of the Library screen. */
export function libraryCommands(to: LibraryActions): Command[] {
  const move = (shelf: Shelf, title: string, key: string): Command =>
    ({ id: `move-${shelf}`, title, key, target: to.target, blocked: () => to.whyNotMoved(shelf), run: () => to.move(shelf) })
  const write = (format: ExportFormat, title: string, key?: string): Command =>
    ({ id: `export-${format}`, title, key, target: () => [to.target(), to.sizeOf(format)].filter(Boolean).join(' · '), blocked: to.whyNotExported, run: () => to.exportRuns(format) })
  return [
    { id: 'search', title: 'Filter runs', key: '/', run: to.search },
    { id: 'compare', title: 'Compare the ticked runs', key: 'C', blocked: to.notComparable, run: to.compare },
    ...exportFormats.map(({ format, phrase }) => write(format, `Export as ${phrase}`, format === 'csv' ? 'E' : undefined)),
    to.verify,
    move('archive', 'Move to the archive', 'A'),
    move('library', 'Move back to the library', 'B'),
    move('trash', 'Move to the trash', 'Delete'),
    { id: 'delete-for-good', title: 'Delete permanently', key: 'Delete', target: to.target, blocked: to.whyNotDeleted, run: to.askToDelete },
    { id: 'undo-move', title: 'Undo the last move', key: 'Ctrl Z', blocked: to.whyNotUndone, run: to.undo },
    { id: 'show-library', title: 'Show the library', run: () => to.show('library') },
    { id: 'show-archive', title: 'Show the archive', run: () => to.show('archive') },
    { id: 'show-trash', title: 'Show the trash', run: () => to.show('trash') },
    { id: 'tick-shown', title: 'Tick all shown runs', run: () => to.tickShown(true) },
    { id: 'untick-shown', title: 'Untick all shown runs', run: () => to.tickShown(false) },
    { id: 'columns', title: 'Choose the columns and groups of the list', key: 'L', run: to.chooseColumns },
    { id: 'replicates', title: 'Show replicates as one row, or each run by itself', key: 'G', run: to.foldReplicates },
  ]
}

/** A command for each column that sorts the list by it. */
export const sortCommands = (columns: readonly Column[], sortBy: (column: string) => void): Command[] =>
  columns.map(({ name, title }) => ({ id: `sort-${name}`, title: sortTitle(title), run: () => sortBy(name) }))
