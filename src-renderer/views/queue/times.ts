import { formatClock, formatDay, formatWeekday, NO_VALUE } from '../../components/format.ts'

const DAY = 86_400_000

/** Time of day in `seconds` from now: '20:14', 'Fri 09:05', '3 Dec 09:05'. `now` is in ms since 1970. */
export function clockText(seconds: number | null, now: number): string {
  if (seconds === null || !Number.isFinite(seconds)) return NO_VALUE
  const then = new Date(now + 1000 * seconds)
  const days = Math.round((startOfDay(then) - startOfDay(new Date(now))) / DAY)
  if (days === 0) return formatClock(then)
  return `${days < 7 ? formatWeekday(then) : formatDay(then)} ${formatClock(then)}`
}

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
