import { formatBytes, formatCount, formatDuration, formatNumber } from '../../components/format.ts'
import type { LibraryWork } from '../../stores/library.ts'

/** Completed share of the task, 0 to 1; null while it is unknown. */
export const shareOf = ({ done, total }: LibraryWork): number | null => (total > 0 ? Math.min(1, done / total) : null)

/** Progress of the task: '43 % · 120 MB/s · 12.3 s left'. Empty while it is unknown. */
export function progressText(work: LibraryWork): string {
  const share = shareOf(work)
  if (share === null) return ''
  const rate = work.unit === 'bytes' ? `${formatBytes(Math.round(work.rate))}/s` : `${work.unit === 'runs' ? formatCount(work.rate) : formatNumber(work.rate)} ${work.unit}/s`
  const left = work.secondsLeft === null ? [] : [`${formatDuration(work.secondsLeft)} left`]
  return [`${Math.floor(100 * share)} %`, rate, ...left].join(' · ')
}
