import { entriesOf, type MenuEntry } from '../../components/context-menu.ts'
import { useCommandList } from '../../stores/commands.ts'
import { exportFormats } from '../../stores/runs.ts'
import type { ExportFormat } from '../../stores/runs.ts'

/** Commands that say nothing about a run that they cannot be used on. */
const onlyIfAvailable: ReadonlySet<string> = new Set([
  'pause-run', 'stop-run', 'resume-run', 'retry-run', 'open-sweep', 'filter-sweep', 'star-runs', 'tag-runs',
  'move-library', 'move-archive', 'move-trash', 'delete-for-good',
])
/** The table has this key, which is not a key of the screen. */
const keysOfTable: Readonly<Record<string, string>> = { 'open-run': 'Enter' }

/** Groups of the menu of the run table. It offers the commands of the screen, by the same words and keys. */
export function runMenu(sizeOf: (format: ExportFormat) => string | null): MenuEntry[][] {
  const { findById } = useCommandList()
  const find = (id: string) => {
    const command = findById(id)
    return command && { ...command, key: keysOfTable[id] ?? command.key }
  }
  const exports = { id: 'export', title: 'Export…', parts: exportFormats.map(({ format }) => `export-${format}`) }
  const groups = [
    ['open-run', 'compare', 'open-sweep', 'filter-sweep'],
    ['star', 'star-runs', 'rename', 'tag', 'tag-runs', 'note'],
    ['pause-run', 'stop-run', 'resume-run', 'retry-run', 'verify'],
    [exports],
    ['move-library', 'move-archive', 'move-trash', 'delete-for-good'],
    ['copy-address', 'copy-id'],
  ]
  const sizes = new Map(exportFormats.map(({ format }) => [`export-${format}`, format]))
  const sized = (entry: MenuEntry): MenuEntry => {
    const format = sizes.get(entry.id)
    const about = format === undefined ? null : sizeOf(format)
    return { ...entry, about, ...(entry.entries && { entries: entry.entries.map(sized) }) }
  }
  return groups.map((parts) => entriesOf(parts, find, (id) => onlyIfAvailable.has(id)).map(sized))
}
