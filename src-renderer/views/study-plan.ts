import { counted, formatDuration } from '../components/format.ts'
import type { StudyPart } from '../stores/studies.ts'

/** '12 min 00 s, 140 runs'; the runs alone if the time is unknown. */
export const costText = ({ seconds, runs }: StudyPart): string =>
  [...(seconds === null ? [] : [formatDuration(seconds)]), counted(runs, 'run')].join(', ')

/** Total of a study's parts as a sentence. Null seconds of a part make the whole time unknown. */
export function totalText(parts: readonly StudyPart[]): string {
  const runs = parts.reduce((sum, part) => sum + part.runs, 0)
  const seconds = parts.some((part) => part.seconds === null) ? null : parts.reduce((sum, part) => sum + part.seconds!, 0)
  const time = seconds === null
    ? 'An estimate of the time needs finished runs of each scheme in the library.'
    : `About ${formatDuration(seconds)} on this machine, less if some runs are already in the library.`
  const most = parts.some(({ kind }) => kind === 'search') ? 'At most ' : ''
  return `${most}${counted(runs, 'run')}. ${time}`
}

/** Parts for the list: each tournament, and all searches together. */
export function groupedParts(parts: readonly StudyPart[]): StudyPart[] {
  const searches = parts.filter(({ kind }) => kind === 'search')
  if (searches.length === 0) return [...parts]
  const seconds = searches.every((part) => part.seconds !== null) ? searches.reduce((sum, part) => sum + part.seconds!, 0) : null
  const together: StudyPart = {
    kind: 'search', title: `Search of the settings of ${counted(searches.length, 'arm')}`, seconds,
    runs: searches.reduce((sum, { runs }) => sum + runs, 0),
  }
  return [together, ...parts.filter(({ kind }) => kind === 'tournament')]
}
