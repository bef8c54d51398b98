/** A moment, or a span such as a day: year, month, day, hour, minute, second and millisecond, as many as were given. */
export interface QueryTime {
  parts: readonly number[]
  /** Otherwise it is the local time of the machine. */
  utc: boolean
}

const TIME = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{3}))?)?)?)?)?(Z)?/i

/** The time at the start of a text, and how many characters it has; null if there is none. */
export function readTime(text: string): { time: QueryTime; length: number } | null {
  const match = TIME.exec(text)
  if (match === null) return null
  const [all, ...groups] = match
  const parts = groups.slice(0, 7).filter((part) => part !== undefined).map(Number)
  return isDate(parts) ? { time: { parts, utc: groups[7] !== undefined }, length: all.length } : null
}

/** Least and most of the year and all that follows. The day depends on the month. */
const limits = [[1, 9998], [1, 12], [1, 31], [0, 23], [0, 59], [0, 59], [0, 999]] as const

function isDate(parts: readonly number[]): boolean {
  const [year, month = 1, day = 1] = parts
  return parts.every((part, index) => part >= limits[index]![0] && part <= limits[index]![1]) && day <= daysIn(year!, month)
}

function daysIn(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  if (month === 2) return isLeap ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const digits = (part: number, count: number) => String(part).padStart(count, '0')

/** '2026-11', '2026-11-01T12:30' */
export function timeText({ parts, utc }: QueryTime): string {
  const signs = ['', '-', '-', 'T', ':', ':', '.']
  const text = parts.map((part, index) => signs[index]! + digits(part, index === 0 ? 4 : index === 6 ? 3 : 2)).join('')
  return text + (utc ? 'Z' : '')
}
