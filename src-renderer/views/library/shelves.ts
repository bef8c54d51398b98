import { counted } from '../../components/format.ts'
import { isUnfinished, type RunSummary, type Shelf } from '../../stores/runs.ts'

export const shelves: readonly { value: Shelf; title: string }[] = [
  { value: 'library', title: 'Library' },
  { value: 'archive', title: 'Archive' },
  { value: 'trash', title: 'Trash' },
]

/** Said where a shelf is empty. */
export const emptiness: Readonly<Record<Shelf, { title: string; text: string }>> = {
  library: { title: 'No runs yet', text: 'Every run is kept here with its spec, its metrics and its snapshots.' },
  archive: { title: 'The archive is empty', text: 'Runs that are put away here are kept whole, out of the list. A moves the chosen run here.' },
  trash: { title: 'The trash is empty', text: 'Runs stay here until they are deleted for good. Delete moves the chosen run here.' },
}

/** '3 runs moved to the trash'. */
export function movedText(count: number, to: Shelf): string {
  return to === 'library' ? `${counted(count, 'run')} back in the library` : `${counted(count, 'run')} moved to the ${to}`
}

/** Why these runs cannot be moved to that shelf; null where they can. */
export function whyNotMoved(runs: readonly RunSummary[], to: Shelf): string | null {
  if (runs.length === 0) return 'Choose or tick a run'
  const unfinished = runs.filter(isUnfinished)
  if (unfinished.length > 0) return unfinishedText(unfinished, runs.length)
  if (runs.every(({ shelf }) => shelf === to)) return `${runs.length === 1 ? 'It is' : 'They are'} in the ${to} already`
  return null
}

function unfinishedText(unfinished: readonly RunSummary[], all: number): string {
  if (all === 1) return `It is ${unfinished[0].status}: stop or pause it first`
  return `${unfinished.length} of ${all} ${unfinished.length === 1 ? 'is' : 'are'} queued or running: stop or pause first`
}
