const DAY = 86_400_000

/** Time of day in `seconds` from now: '20:14', 'Fri 09:05', '3 Dec 09:05'. `now` is in ms since 1970. */
export function clockText(seconds: number | null, now: number): string {
  if (seconds === null || !Number.isFinite(seconds)) return '–'
  const then = new Date(now + 1000 * seconds)
  const time = then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
  const days = Math.round((startOfDay(then) - startOfDay(new Date(now))) / DAY)
  if (days === 0) return time
  if (days < 7) return `${then.toLocaleDateString('en-GB', { weekday: 'short' })} ${time}`
  return `${then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' })} ${time}`
}

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
