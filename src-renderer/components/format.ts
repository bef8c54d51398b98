// Numbers, durations and sizes are written by one module for the whole product.
export { formatDuration } from '../../src-engine/format/durations.ts'
export {
  formatCount, formatExact, formatNumber, formatP, formatQuantity, formatSigned, formatWithError, NO_VALUE,
} from '../../src-engine/format/numbers.ts'
export { formatBytes, formatRoughBytes } from '../../src-engine/format/sizes.ts'
export { counted } from '../../src-engine/format/words.ts'

/** Turn a message into a sentence: capital first letter, full stop at the end. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return ''
  return trimmed.charAt(0).toUpperCase() + trimmed.slice(1) + (/[.:?…]$/.test(trimmed) ? '' : '.')
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Format a past time: 'just now', '5 min ago', '3 h ago', 'yesterday', '12 Nov', '12 Nov 2025'. `now` in ms since 1970. A future time gets its date. */
export function formatRelative(iso: string, now: number): string {
  const then = new Date(iso)
  const age = now - then.getTime()
  // The list learns the time every minute. A time further ahead was written by a wrong clock.
  if (Math.abs(age) < MINUTE) return 'just now'
  if (age < 0) return `${formatDay(then)} ${then.getFullYear()}`
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`
  if (age < 2 * DAY) return 'yesterday'
  return then.getFullYear() === new Date(now).getFullYear() ? formatDay(then) : `${formatDay(then)} ${then.getFullYear()}`
}

/** Format a day of this year: '3 Dec'. */
export const formatDay = (date: Date) => `${date.getDate()} ${MONTHS[date.getMonth()]}`

/** Format a day of this week: 'Fri'. */
export const formatWeekday = (date: Date) => WEEKDAYS[date.getDay()]

/** Format a time of day in the local time zone: 09:05. */
export const formatClock = (date: Date) => [date.getHours(), date.getMinutes()].map(two).join(':')

/** Format a time in the local time zone: 2026-11-23 22:20:08. */
export function formatDate(iso: string): string {
  const date = new Date(iso)
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`
}

const two = (part: number) => String(part).padStart(2, '0')
