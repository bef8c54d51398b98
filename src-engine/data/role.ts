import { unitInName } from './units.ts'
import type { Content } from './guess.ts'

/** What a column seems to be for. Only a signal is chosen without being asked for. */
export type Role = 'signal' | 'time' | 'index' | 'identifier' | 'constant' | 'label'

interface Described {
  name: string
  unit: string
  content: Content
  values: Float64Array
  problem: unknown
}

/** One rule: the role of a column for which it holds, and the words for a message: "'Year' is …". */
interface Rule {
  role: Role
  says: string
  holds(column: Facts): boolean
}

interface Facts {
  /** In lower case, without its unit. */
  name: string
  unit: string
  isNamed: boolean
  isFirst: boolean
  /** There is another column of numbers. */
  hasOthers: boolean
  values: Float64Array
  steps: Steps
}

/** How a column goes from value to value. Gaps are left out. */
interface Steps {
  count: number
  least: number
  most: number
  /** All values are whole. */
  whole: boolean
  rises: boolean
  /** Every step is this large, within a thousandth; null if they differ. */
  even: number | null
}

const nameOf = (...words: readonly string[]) => new RegExp(`^(?:${words.join('|')})$`)

const NUMBERED = '(?:[ _]?(?:no|nr|num|number|index|id))?'
const TIME_NAME = nameOf(
  '(?:(?:elapsed|relative|rel|abs|absolute|measurement|test|sample|sampling|run|system|local|utc|gmt|total|step|date|x)[ _.-]?)?'
    + '(?:time|zeit|messzeit|temps|tiempo|tempo|tijd|tid|čas|czas|date|datum|fecha|data|datetime|timestamp|zeitstempel|horodatage|uhrzeit|hora|heure|clock|epoch)'
    + '(?:[ _.-]?(?:stamp|utc|gmt|local|abs|rel|s|ms|sec|us|ns|\\d))?',
  't', 'ts', 'ticks?', 'tick[ _]?count', 'millis', 'micros', 'seconds?', 'secs?', 'sekunden', 'minutes?', 'hours?', 'days?',
  'mjd', 'jd', 'julian[ _]?(?:day|date)', 'decimal[ _.-]?(?:date|year)', 'year_?frac', 'prüfzeit', 'zeit ?\\d+', '時間', '時刻', '日付', '日時',
)
const CALENDAR_NAME = nameOf(
  'years?', 'yyyy', 'yr', 'yy', 'jahr', 'année', 'annee', 'año', 'anno', 'jaar', 'month', 'mon', 'mm', 'mo', 'monat', 'mois', 'mes',
  'day', 'dd', 'dy', 'doy', 'tag', 'jour', 'day[ _]of[ _]year', 'yday', 'week', 'hour', 'hr', 'hh', 'stunde', 'heure', 'minute', 'min', 'mn',
  'second', 'sec', 'ss', 'quarter', 'yyyymmdd', 'yyyymm', 'hhmm', 'hhmmss',
)
const INDEX_NAME = nameOf(
  '', '#', 'no\\.?', 'nr\\.?', 'n', 'num', 'number', 'nummer', 'i', 'idx', 'index', 'row', 'zeile', 'line', 'rn', 'entry', 'counter?', 'step',
  'frame', 'packet', 'punkt', 'pt', 'unnamed: ?\\d+', 'level_0', '番号', 'obs(?:ervation)?', 'seq(?:uence)?',
  `(?:rec(?:ord)?|samples?|scan|point|reading|cycle)${NUMBERED}`,
)
/** At the end of a name. */
const IDENTIFIER_NAME = new RegExp(`(?:^|[ _.-])(?:${[
  'id', 'ids', 'uuid', 'guid', 'station', 'stationid', 'stations', 'site', 'serial', 'serialno', 'sn', 'device', 'sensor[ _.-]?id', 'channel[ _.-]?(?:no|nr|id)',
  'code', 'zip', 'plz', 'postcode', 'wban', 'usaf', 'icao', 'wmo', 'sta', 'stn', 'subject', 'patient', 'trial', 'run', 'lot', 'batch', 'flag', 'qc',
  'quality', 'status',
].join('|')})(?:[ _.-]?(?:no|nr|num|number|id|code))?\\.?$`)

const TIME_UNIT = nameOf(
  's', 'secs?', 'seconds?', 'ms', 'msec', 'us', 'µs', 'μs', 'ns', 'min', 'mins', 'minutes', 'h', 'hr', 'hrs', 'hours', 'd', 'days', 'date', 'ts',
)

/** Evidence that a column of numbers is no signal, strongest first. */
const rules: readonly Rule[] = [
  { role: 'time', says: 'is a calendar', holds: ({ name, steps }) => CALENDAR_NAME.test(name) && steps.whole },
  { role: 'time', says: 'is a time', holds: ({ name, unit, steps, hasOthers }) =>
    TIME_NAME.test(name) && (unit === '' || TIME_UNIT.test(unit)) && steps.rises && hasOthers },
  { role: 'time', says: 'is a time', holds: ({ unit, isFirst, steps, hasOthers }) =>
    isFirst && hasOthers && TIME_UNIT.test(unit) && steps.rises },
  { role: 'index', says: 'counts the rows', holds: ({ name, isNamed, steps, hasOthers }) =>
    hasOthers && steps.whole && steps.even === 1 && (INDEX_NAME.test(name) || (!isNamed && steps.count >= FEWEST)) },
  { role: 'time', says: 'is a year', holds: ({ steps, hasOthers, isFirst }) =>
    hasOthers && isFirst && steps.whole && steps.rises && isYear(steps) },
  { role: 'index', says: 'counts the rows', holds: ({ isFirst, steps, hasOthers }) =>
    hasOthers && isFirst && steps.whole && steps.even === 1 && steps.count >= FEWEST && [0, 1].includes(steps.least) },
  { role: 'time', says: 'is a date of eight digits', holds: ({ steps, values }) => steps.whole && steps.rises && isCompactDate(values) },
  { role: 'time', says: 'is a count of seconds or days', holds: ({ steps, isFirst, hasOthers }) =>
    hasOthers && isFirst && steps.rises && isEpoch(steps) },
  { role: 'constant', says: 'has the same value in every row', holds: ({ steps, hasOthers }) => hasOthers && steps.least === steps.most },
  { role: 'identifier', says: 'is an identifier', holds: ({ name, steps }) => IDENTIFIER_NAME.test(name) && steps.whole },
  { role: 'time', says: 'rises evenly like a time', holds: ({ isFirst, steps, hasOthers }) =>
    hasOthers && isFirst && steps.even !== null && steps.even > 0 && steps.count >= FEWEST },
]

/** Rows that show by themselves that a column only counts. */
const FEWEST = 4

const isYear = ({ least, most, count }: Steps) => least >= 1500 && most <= 2200 && count >= FEWEST

function isCompactDate(values: Float64Array): boolean {
  const isWithin = (value: number, least: number, most: number) => value >= least && value <= most
  const isDate = (value: number) =>
    isWithin(value, 15_000_101, 22_001_231) && isWithin(Math.floor(value / 100) % 100, 1, 12) && isWithin(value % 100, 1, 31)
  return values.length >= 2 && values.every((value) => Number.isNaN(value) || isDate(value))
}

/** Seconds or milliseconds since 1970 between 1990 and 2100, and days of spreadsheets between 1982 and 2064, in small steps. */
const isEpoch = ({ least, most, whole }: Steps) => (least >= 6.3e8 && most <= 4.2e9) || (least >= 6.3e11 && most <= 4.2e12)
  || (least >= 6.3e17 && most <= 4.2e18) || (least >= 30_000 && most <= 60_000 && !whole && most - least < 3000)

/** What a column seems to be, by its content, its name and its numbers. */
export function roleOf(column: Described, index: number, all: readonly Described[]): { role: Role; why: string } {
  if (column.content === 'time') return { role: 'time', why: 'has dates or times' }
  if (column.content === 'text' || column.problem !== null) return { role: 'label', why: 'has texts' }
  const facts: Facts = {
    name: nameWithoutUnit(column.name), unit: (column.unit || unitInName(column.name)).toLowerCase(),
    isNamed: !/^#?\d+$/.test(column.name), isFirst: index === 0,
    hasOthers: all.some((other) => other !== column && other.content === 'number' && other.problem === null),
    values: column.values, steps: stepsOf(column.values),
  }
  const rule = rules.find(({ holds }) => holds(facts))
  return rule ? { role: rule.role, why: rule.says } : { role: 'signal', why: '' }
}

/** 'Zeit, s', 'Time [ms]' and 'time_s' are times. */
const nameWithoutUnit = (name: string): string =>
  // A capital T is a temperature.
  (name === 'T' ? 'temperature' : name.toLowerCase()).replace(/[[(<].*$/, '').replace(/(?:,| ?\/| in) ?[^,/]{0,12}$/, '').replace(/^#\d+$/, '').trim()

function stepsOf(values: Float64Array): Steps {
  let [count, whole, rises, isEven] = [0, true, true, true]
  let [least, most, previous, even] = [Infinity, -Infinity, NaN, NaN]
  for (const value of values) {
    if (Number.isNaN(value)) continue
    count += 1
    least = Math.min(least, value)
    most = Math.max(most, value)
    whole &&= Number.isInteger(value)
    const step = value - previous
    previous = value
    if (Number.isNaN(step)) continue
    if (Number.isNaN(even)) even = step
    rises &&= step >= 0
    isEven &&= Math.abs(step - even) <= 1e-3 * Math.abs(even)
  }
  return { count, least, most, whole, rises: rises && most > least, even: isEven && !Number.isNaN(even) ? even : null }
}
