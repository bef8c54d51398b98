/** Narrow no-break space. */
const THIN_SPACE = '\u202f'
const NO_VALUE = '–'

/** Format a number with three significant digits, as in tables. Use `exact` for hover and export. */
export function formatNumber(value: number | null, digits = 3): string {
  if (value === null) return NO_VALUE
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  if (value === 0) return '0'
  const magnitude = Math.abs(value)
  const text = magnitude < 1e-3 || magnitude >= 1e6 ? scientific(magnitude, digits) : plain(magnitude, digits)
  return value < 0 ? `−${text}` : text
}

/** Format a whole number with thin spaces between thousands. */
export const formatCount = (value: number) => (value < 0 ? '−' : '') + grouped(String(Math.abs(Math.round(value))))

/** Format a number with all its digits. */
export const exact = (value: number | null) => (value === null ? '' : String(value))

/** Format a duration: 1 h 04 min, 1 min 32 s, 12.3 s, 14.2 ms. */
export function formatDuration(seconds: number | null): string {
  if (seconds === null || !Number.isFinite(seconds)) return NO_VALUE
  if (seconds < 1) return `${formatNumber(seconds * 1000)} ms`
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`
  return `${formatCount(Math.floor(whole / 3600))} h ${two(Math.floor((whole % 3600) / 60))} min`
}

/** Format a size in decimal units, as file managers do: 950 B, 1.2 GB, 20 GB. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const size = bytes / 1000 ** power
  return `${Number.isInteger(size) ? size : size.toFixed(1)} ${units[power]}`
}

/** Format a count with its noun: '1 run', '3 runs', '12 345 runs'. */
export const counted = (count: number, noun: string) => `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`

/** Turn a message into a sentence: capital first letter, full stop at the end. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  if (trimmed === '') return ''
  return trimmed[0].toUpperCase() + trimmed.slice(1) + (/[.:?…]$/.test(trimmed) ? '' : '.')
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Format a past time: 'just now', '5 min ago', '3 h ago', 'yesterday', '12 Nov', '12 Nov 2025'. `now` in ms since 1970. */
export function formatRelative(iso: string, now: number): string {
  const then = new Date(iso)
  const age = now - then.getTime()
  if (age < MINUTE) return 'just now'
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`
  if (age < DAY) return `${Math.floor(age / HOUR)} h ago`
  if (age < 2 * DAY) return 'yesterday'
  const sameYear = then.getFullYear() === new Date(now).getFullYear()
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) })
}

/** Format a time in the local time zone: 2026-11-23 22:20:08. */
export function formatDate(iso: string): string {
  const date = new Date(iso)
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`
}

const two = (part: number) => String(part).padStart(2, '0')

/** Keep all digits before the decimal point, so that 12 345 never becomes 12 300. */
function plain(magnitude: number, digits: number): string {
  const whole = Math.floor(Math.log10(magnitude)) + 1
  const [left, right] = magnitude.toFixed(Math.max(0, digits - whole)).split('.')
  return right === undefined ? grouped(left) : `${grouped(left)}.${right}`
}

function scientific(magnitude: number, digits: number): string {
  const [mantissa, power] = magnitude.toExponential(digits - 1).split('e')
  return `${mantissa}e${power.replace('+', '').replace('-', '−')}`
}

/** Group thousands from five digits on, the convention in the literature. */
const grouped = (digits: string) => (digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE))
