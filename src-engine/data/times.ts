/** Dates and times as instruments and programs write them. Every pattern is anchored and takes linear time. */

const CLOCK = '\\d{1,3}:\\d{2}(?::\\d{2}(?:[.,:]\\d{1,9})?)?(?: ?[AaPp]\\.?[Mm]\\.?)?'
const ZONE = '(?: ?(?:Z|UTC|GMT|[+-]\\d{2}:?\\d{2}))?'
const AND_CLOCK = `(?:(?:T|[ ,_-]{1,2})${CLOCK}${ZONE})?`
const MONTH = '(?:[Jj]an|[Ff]eb|[Mm]ar|[Mm]är|[Mm]rz|[Aa]pr|[Mm]a[yi]|[Jj]u[nl]|[Aa]ug|[Ss]ep|[Oo][ck]t|[Nn]ov|[Dd]e[cz])[a-zé]{0,6}\\.?'

const patterns = [
  `\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}${AND_CLOCK}`,
  `\\d{1,2}[-/.]\\d{1,2}[-/.](?:\\d{4}|\\d{2})${AND_CLOCK}`,
  `-?${CLOCK}`,
  `\\d{8}T\\d{4}(?:\\d{2})?${ZONE}`,
  `\\d{1,2}[-/. ]{1,2}${MONTH}[-/, ]{1,2}\\d{2,4}${AND_CLOCK}`,
  `\\d{4}[-/ ]${MONTH}[-/ ]\\d{1,2}${AND_CLOCK}`,
  `${MONTH}[-/ ]\\d{1,2},? \\d{4}${AND_CLOCK}`,
  `${MONTH}[-/ ]\\d{2,4}`,
  `[A-Z][a-z]{2},? ${MONTH} {1,2}\\d{1,2} ${CLOCK} \\d{4}`,
  `[A-Z][a-z]{2}, \\d{1,2} ${MONTH} \\d{4} ${CLOCK}${ZONE}`,
  '\\d{4}[-/]\\d{1,2}',
  '\\d{4}[- ]?[QqWw]\\d{1,2}',
  '\\d{1,3}\\.\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?',
].map((pattern) => new RegExp(`^${pattern}$`))

const LONGEST = 48

/** Whether a trimmed cell is a date, a time of day or both. A plain number is none. */
export const isTime = (cell: string): boolean =>
  cell.length >= 4 && cell.length <= LONGEST && /[:/.TtQqWw -]/.test(cell) && patterns.some((pattern) => pattern.test(cell))
