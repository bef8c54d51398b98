import { counted } from '../../components/format.ts'
import { isUnfinished, type RunSummary, type Shelf } from '../../stores/runs.ts'

export const shelves: readonly { value: Shelf; title: string }[] = [
  { value: 'library', title: 'Library' },
  { value: 'archive', title: 'Archive' },
  { value: 'trash', title: 'Trash' },
]

/** Empty state of each shelf. */
export const emptiness: Readonly<Record<Shelf, { title: string; text: string }>> = {
  library: { title: 'No runs yet', text: 'Design an experiment and start it. Runs appear here with their settings, metrics and snapshots.' },
  archive: { title: 'The archive is empty', text: 'Archived runs are kept in full but do not appear in the library list. Press A to archive the selected run.' },
  trash: { title: 'The trash is empty', text: 'Runs in the trash stay here until you delete them permanently. Press Delete to move the selected run here.' },
}

/** Notice after a move: 'Moved 3 runs to the trash', 'Moved 1 run to the archive: fast'. */
export function movedText(names: readonly string[], to: Shelf, count = names.length): string {
  const moved = `Moved ${counted(count, 'run')} ${to === 'library' ? 'back ' : ''}to the ${to}`
  return count === 1 ? `${moved}: ${names[0]}` : moved
}

/** Title and button of the question whether to move runs: 'Move 3 runs to the trash'. */
export const moveText = (count: number, to: Shelf) => `Move ${counted(count, 'run')} ${to === 'library' ? 'back ' : ''}to the ${to}`

/**
 * Why these runs cannot move to a shelf; null if they can.
 * @param known the runs that are queued or running, and some of the others. All others are on the same shelf.
 */
export function whyNotMoved(known: readonly RunSummary[], to: Shelf, count = known.length): string | null {
  if (count === 0) return 'Select a run first.'
  const unfinished = known.filter(isUnfinished)
  if (unfinished.length > 0) return unfinishedText(unfinished, count)
  if (known.length > 0 && known.every(({ shelf }) => shelf === to)) return `${count === 1 ? 'This run is' : 'These runs are'} already in the ${to}.`
  return null
}

function unfinishedText(unfinished: readonly RunSummary[], all: number): string {
  if (all === 1) return `This run is ${unfinished[0]!.status}. Stop or pause it first.`
  const [verb, pronoun] = unfinished.length === 1 ? ['is', 'it'] : ['are', 'them']
  return `${unfinished.length} of ${all} runs ${verb} queued or running. Stop or pause ${pronoun} first.`
}
