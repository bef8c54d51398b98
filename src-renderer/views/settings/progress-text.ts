import { formatBytes, formatCount, formatDuration } from '../../components/format.ts'
import type { LibraryWork } from '../../stores/library.ts'

/** How much of the task is done, 0 to 1; null while nobody knows. */
export const shareOf = ({ done, total }: LibraryWork): number | null => (total > 0 ? Math.min(1, done / total) : null)

/** '43 % · 120 MB/s · 12.3 s left'; empty while nothing was told. */
export function progressText(work: LibraryWork): string {
  const share = shareOf(work)
  if (share === null) return ''
  const rate = work.unit === 'bytes' ? `${formatBytes(Math.round(work.rate))}/s` : `${formatCount(work.rate)} runs/s`
  const left = work.secondsLeft === null ? [] : [`${formatDuration(work.secondsLeft)} left`]
  return [`${Math.floor(100 * share)} %`, rate, ...left].join(' · ')
}
