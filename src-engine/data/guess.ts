import { type Delimiter, delimiters, type LayoutSpec, type TextLayout } from '../experiment/tasks/layout.ts'
import { MOST_COLUMNS } from './limits.ts'
import { formatsOf, isMissing, numberFormats } from './numbers.ts'
import { type Refusal, refused } from './refused.ts'
import { isComment, Rows, withoutSign } from './rows.ts'
import { isTime } from './times.ts'
import { areUnits } from './units.ts'

export type Confidence = 'certain' | 'likely'

/** A way to read a text, with what speaks for it. */
export interface Guess {
  ok: true
  layout: TextLayout
  confidence: Confidence
  /** Evidence for it, strongest first. */
  why: string[]
  /** Other ways in which the text can be read, best first, as settings to choose them. */
  alternatives: Pick<TextLayout, 'delimiter' | 'decimal' | 'thousands'>[]
  /** Whether each column has numbers, times or other text. */
  contents: Content[]
}

export type Content = 'number' | 'time' | 'text'

interface SampleRow {
  line: number
  text: string
  cells: string[]
  /** For each cell: bit n for the nth number format, then `MISSING` and `TIME`. */
  masks: number[]
  isComment: boolean
}

const MISSING = 1 << numberFormats.length
const TIME = MISSING << 1
/** A number in any format. */
const ANY = MISSING - 1

/** One reading of the sample. */
interface Candidate {
  delimiter: Delimiter
  /** Index of the number format. */
  format: number
  columns: number
  contents: Content[]
  /** A column is text only because its numbers have another format. */
  unread: boolean
  /** Index of the first row of numbers in the sample. */
  first: number
  rows: SampleRow[]
  fitting: SampleRow[]
  /** Rows from the first one on, without comments. */
  counted: number
  labels: Labels
}

interface Labels {
  header: number
  units: number
  cells: readonly string[] | null
  /** The row above the numbers has this many other cells; null if it has as many, or only one. */
  mismatch: number | null
  /** The row above is a single text. */
  isTitled: boolean
}

/** One piece of evidence about a candidate: its weight times how much of it there is, and how it is said. */
interface Evidence {
  weight: number
  of(candidate: Candidate): number
  says: string
}

/** What decides between candidates. Weights are such that 1 is a clear difference. */
const evidence: readonly Evidence[] = [
  { weight: 4, of: ({ fitting, counted }) => fitting.length / counted, says: 'every row has the same columns' },
  { weight: 2, of: ({ contents }) => contents.filter((content) => content !== 'text').length / contents.length, says: 'columns are numbers or times' },
  { weight: 1, of: ({ labels }) => (labels.header > 0 ? 1 : 0), says: 'the row of names has as many cells' },
  { weight: 0.5, of: ({ columns }) => (columns > 1 ? 1 : 0), says: 'there are several columns' },
  { weight: -1, of: ({ labels, delimiter }) => (labels.mismatch === null || delimiter === 'spaces' ? 0 : 1), says: 'the row above has another number of cells' },
  { weight: -1, of: ({ fitting, columns }) => fitting.filter(({ cells }) => cells.length < columns).length / fitting.length, says: 'rows lack cells' },
  { weight: -2, of: ({ fitting }) => (fitting.length < 2 ? 1 : 0), says: 'there is only one row' },
  { weight: -1, of: ({ unread }) => (unread ? 1 : 0), says: 'a column has numbers of another format' },
  { weight: -0.5, of: ({ labels, columns }) => (columns > 1 && labels.isTitled ? 1 : 0), says: 'there is a text above, but no names' },
  { weight: -2, of: fractionsTaken, says: 'a column looks like digits after a decimal comma' },
  { weight: -1, of: spaceOnlyInNames, says: 'only the names have a space after the comma' },
  { weight: -1, of: delimiterInName, says: 'the name contains a delimiter' },
  { weight: -0.1, of: ({ format }) => (numberFormats[format]!.thousands === 'none' ? 0 : 1), says: 'thousands signs' },
  { weight: -0.25, of: ({ delimiter }) => (delimiter === 'spaces' ? 1 : 0), says: 'spaces may be part of names' },
  { weight: -1, of: (candidate) => tabsTaken(candidate), says: 'the rows have tabs' },
]

/** A lead below this is no decision: the text is refused until the user chooses. */
const AMBIGUOUS = 0.75
const CERTAIN = 1.5

/** Guesses what the user has not chosen. A text without a row of numbers, or with two equally good readings, is refused. */
export function guessLayout(text: string, wanted: LayoutSpec): Guess | Refusal {
  const candidates = candidatesOf(text, wanted)
  if (!Array.isArray(candidates)) return candidates
  const ranked = candidates.map((candidate) => ({ candidate, score: scoreOf(candidate) })).sort((a, b) => b.score - a.score)
  const [best, ...others] = ranked
  if (best === undefined) return refused('', 'must have rows of numbers', text.trim() === '' ? 'an empty file' : 'none in its first 1000 rows')
  const rivals = others.filter(({ candidate }) => !sameReading(candidate, best.candidate))
  const lead = best.score - (rivals[0]?.score ?? -Infinity)
  if (lead < AMBIGUOUS) return undecided(best.candidate, rivals[0]!.candidate)
  const torn = tornDecimals(best.candidate)
  if (torn) return torn
  return {
    ok: true,
    layout: layoutOf(best.candidate, wanted),
    confidence: lead < CERTAIN ? 'likely' : 'certain',
    why: evidence.filter(({ weight, of }) => weight > 0 && of(best.candidate) >= 0.9).map(({ says }) => says),
    alternatives: rivals.filter(({ score }) => score > best.score - 3).slice(0, 3).map(({ candidate }) => signsOf(candidate)),
    contents: best.candidate.contents,
  }
}

const scoreOf = (candidate: Candidate) => evidence.reduce((sum, { weight, of }) => sum + weight * of(candidate), 0)

const signsOf = ({ delimiter, format }: Candidate) => ({ delimiter, ...numberFormats[format]! })

function layoutOf(candidate: Candidate, wanted: LayoutSpec): TextLayout {
  const { labels: { header, units } } = candidate
  return {
    ...signsOf(candidate), header: wanted.header ?? header, units: wanted.units ?? units,
    from: candidate.rows[candidate.first]!.line, to: wanted.to ?? 0,
  }
}

function undecided(one: Candidate, other: Candidate): Refusal {
  const [first, second] = [one, other].map(describeSigns)
  return refused('Layout', `can be read in two ways: with ${first}, or with ${second}. Choose one`, `'${one.rows[one.first]!.cells.join(' ')}'`)
}

export const describeSigns = (signs: Pick<Candidate, 'delimiter' | 'format'>): string => {
  const { decimal, thousands } = numberFormats[signs.format]!
  const delimiter = `layout.delimiter=${signs.delimiter}`
  return `${delimiter} and layout.decimal=${decimal}${thousands === 'none' ? '' : ` and layout.thousands=${thousands}`}`
}

/** Two delimiters may cut a text into the same cells. */
const sameReading = (a: Candidate, b: Candidate) =>
  a.format === b.format && a.columns === b.columns && a.first === b.first
  && a.fitting.every(({ cells }, index) => cells.join('\n') === b.fitting[index]?.cells.join('\n'))

/** Half as many names as cells, and all cells are whole numbers: the cells are the two halves of decimal commas. */
function tornDecimals({ delimiter, labels, columns, rows, first }: Candidate): Refusal | null {
  if (delimiter !== 'comma' || labels.mismatch === null || labels.mismatch * 2 !== columns) return null
  return refused(`Row ${rows[first]!.line}`, `must have ${labels.mismatch} cells, like the names. If commas are decimal signs here, save the file with `
    + 'another delimiter', `${columns} cells`)
}

/** The sample that a guess looks at: rows, and characters. */
const SAMPLE_ROWS = 1000
const SAMPLE_CELLS = 10_000
const SAMPLE_LENGTH = 2 ** 18

function candidatesOf(text: string, wanted: LayoutSpec): Candidate[] | Refusal {
  const from = wanted.from === undefined ? 0 : startOfLine(text, wanted.from)
  const sample = text.slice(0, from + SAMPLE_LENGTH)
  const all = Object.keys(delimiters) as Delimiter[]
  const tried = wanted.delimiter ? [wanted.delimiter] : all.filter((delimiter) => occursIn(sample, delimiter))
  const samples = tried.map((delimiter) => ({ delimiter, rows: sampleRows(sample, delimiter, wanted) }))
  const candidates = samples.flatMap(({ delimiter, rows }) => numberFormats.flatMap(({ decimal, thousands }, format) => {
    if ((wanted.decimal ?? decimal) !== decimal || (wanted.thousands ?? thousands) !== thousands) return []
    return candidateOf(rows, delimiter, format, wanted) ?? []
  }))
  const wide = samples.flatMap(({ rows }) => rows).find(({ cells }) => cells.length > MOST_COLUMNS)
  if (candidates.length > 0 || !wide) return candidates
  return refused(`Row ${wide.line}`, `must have at most ${MOST_COLUMNS} columns`, `${wide.cells.length} columns`)
}

const occursIn = (sample: string, delimiter: Delimiter) => {
  const sign = { comma: ',', semicolon: ';', tab: '\t', bar: '|', spaces: ' ', none: '' }[delimiter]
  return sample.includes(sign) || (delimiter === 'spaces' && sample.includes('\t'))
}

/** Position of a line, counted from 1. */
function startOfLine(text: string, line: number): number {
  const rows = new Rows(text, 'none')
  while (rows.next()) if (rows.line >= line) return rows.start
  return text.length
}

/** Rows above the first row of numbers in which its names are looked for. */
const MOST_ABOVE = 50

function sampleRows(sample: string, delimiter: Delimiter, wanted: LayoutSpec): SampleRow[] {
  const rows = new Rows(sample, delimiter)
  const found: SampleRow[] = []
  let cellCount = 0
  while (found.length < SAMPLE_ROWS && cellCount < SAMPLE_CELLS && rows.next()) {
    if (rows.isBlank || (rows.unclosed && found.length > 0)) continue
    // Rows before the wanted ones matter only for names and units, at the top of the file or near them.
    if (found.length > MOST_ABOVE && rows.line < (wanted.from ?? 0) - MOST_ABOVE && rows.line !== wanted.header) continue
    cellCount += rows.cells.length
    const cells = [...rows.cells]
    // Such a row is no part of a table.
    const masks = cells.length > MOST_COLUMNS ? [] : cells.map(maskOf)
    const isRemark = !masks[0] && isComment(sample, rows)
    found.push({ line: rows.line, text: sample.slice(rows.start, rows.end), cells, masks, isComment: isRemark })
  }
  return found
}

const maskOf = (cell: string) => formatsOf(cell) | (isMissing(cell) ? MISSING : 0) | (isTime(cell) ? TIME : 0)

const isUsable = ({ isComment, masks }: SampleRow) => !isComment && masks.length > 0
const hasNumber = (masks: readonly number[], bit: number) => masks.some((mask) => (mask & bit) !== 0)

function candidateOf(rows: SampleRow[], delimiter: Delimiter, format: number, wanted: LayoutSpec): Candidate | null {
  const bit = 1 << format
  const start = wanted.from ?? Math.max(wanted.header ?? 0, wanted.units ?? 0) + 1
  const usable = rows.filter((row) => isUsable(row) && row.line >= start && (!wanted.to || row.line <= wanted.to))
  const widest = usualCount(usable, bit)
  const columns = widest - emptyAtEnd(usable.filter(({ cells }) => cells.length === widest), rows)
  if (columns === 0 || (columns === 1 && delimiter !== 'none')) return null
  // Names and units have no numbers, and would outvote the numbers of a short file.
  const whole = usable.filter(({ cells: { length }, masks }) => length >= columns && length <= widest && hasNumber(masks, bit))
  const contents = Array.from({ length: columns }, (_, column) => contentOf(whole.map(({ masks }) => masks[column]!), bit))
  if (!contents.includes('number')) return null
  const fits = (row: SampleRow | undefined) => row !== undefined && rowFits(row, contents, bit)
  const isWhole = (row: SampleRow) => row.cells.length >= columns && fits(row)
  const belowNames = (row: SampleRow) => isUsable(row) && row.line > (wanted.header ?? 0)
  const top = wanted.from === undefined ? usable : rows.filter(belowNames)
  const leads = (index: number) => index >= top.length - 2 || fits(top[index + 1]) || fits(top[index + 2])
  const natural = top.findIndex((row, index) => isWhole(row) && !isNumbered(row) && leads(index))
  const at = wanted.from === undefined ? natural : 0
  if (natural < 0 || usable.length === 0) return null
  const fitting = usable.slice(at).filter(fits)
  if (!isNeeded(fitting, format)) return null
  const first = rows.indexOf(usable[at]!)
  const labels = labelsAbove(rows, Math.min(first, rows.indexOf(top[natural]!)), contents, delimiter, wanted)
  const masksOf = (column: number) => fitting.map(({ masks }) => masks[column] ?? MISSING)
  const unread = contents.some((content, column) => content === 'text' && contentOf(masksOf(column), ANY) === 'number')
  return { delimiter, format, columns, contents, unread, first, rows, fitting, counted: usable.length - at, labels }
}

/** Columns at the end that are empty in every row, names included: rows end with a delimiter. */
function emptyAtEnd(whole: SampleRow[], all: SampleRow[]): number {
  const width = whole[0]?.cells.length ?? 0
  const hasName = (column: number) => all.some(({ cells }) => cells.length === width && cells[column] !== '')
  const isEmpty = (column: number) => whole.every(({ cells }) => cells[column] === '') && !hasName(column)
  let empty = 0
  while (empty < width && isEmpty(width - 1 - empty)) empty += 1
  return empty
}

/** The number of cells of most numbers, so that a few rows of many columns outweigh a long preamble. */
function usualCount(rows: SampleRow[], bit: number): number {
  const weights = new Map<number, number>()
  for (const { cells, masks } of rows) {
    const typed = masks.filter((mask) => (mask & (bit | TIME)) !== 0).length
    if (hasNumber(masks, bit)) weights.set(cells.length, (weights.get(cells.length) ?? 0) + typed)
  }
  const [most] = [...weights].sort(([a, weightOfA], [b, weightOfB]) => weightOfB - weightOfA || b - a)
  return most?.[0] ?? 0
}

/** Share of the cells that have to be of a kind, so that a preamble or a footer with as many cells does not matter. */
const MOST_CELLS = 0.6

function contentOf(masks: number[], bit: number): Content {
  const present = masks.filter((mask) => (mask & MISSING) === 0)
  const share = (wanted: number) => present.filter((mask) => (mask & wanted) !== 0).length / present.length
  if (present.length === 0) return 'text'
  if (share(bit) >= MOST_CELLS) return 'number'
  return share(TIME) >= MOST_CELLS ? 'time' : 'text'
}

/** Cells may be missing at the end of a row. */
function rowFits({ cells, masks }: SampleRow, contents: Content[], bit: number): boolean {
  if (cells.length > contents.length && cells.slice(contents.length).some((cell) => cell !== '')) return false
  let numbers = 0
  for (const [column, content] of contents.entries()) {
    if (content === 'text') continue
    const mask = masks[column] ?? MISSING
    const wanted = content === 'number' ? bit : TIME
    if ((mask & (wanted | MISSING)) === 0) return false
    if (content === 'number' && (mask & bit) !== 0) numbers += 1
  }
  return numbers > 0
}

/** The names that pandas gives: none to the row numbers, and 0, 1, … to the columns. */
const isNumbered = ({ cells }: { cells: readonly string[] }) =>
  cells.length > 1 && cells.every((cell, index) => cell === (index === 0 ? '' : String(index - 1)))

/** A format other than the first needs a number that only it can read: without its thousands sign, or as the first format. */
function isNeeded(rows: SampleRow[], format: number): boolean {
  if (format === 0) return true
  const own = 1 << format
  const { decimal, thousands } = numberFormats[format]!
  const without = 1 << numberFormats.findIndex((other) => other.decimal === decimal && other.thousands === 'none')
  const some = (excluded: number) => rows.some(({ masks }) => masks.some((mask) => (mask & own) !== 0 && (mask & excluded) === 0))
  return some(1) && (thousands === 'none' || some(without))
}

function labelsAbove(rows: SampleRow[], first: number, contents: Content[], delimiter: Delimiter, wanted: LayoutSpec): Labels {
  const above = (distance: number) => labelRow(rows[first - distance], contents, delimiter)
  const chosen = wanted.header ? rows.find(({ line }) => line === wanted.header) : undefined
  if (wanted.header !== undefined) {
    const units = [1, 2].map(above).find((row) => row !== null && row.line !== wanted.header && areUnits(row.cells))
    return { header: wanted.header, units: units?.line ?? 0, cells: chosen?.cells ?? null, mismatch: null, isTitled: false }
  }
  const [one, two, three] = [above(1), above(2), above(3)]
  if (one && two && areUnits(one.cells)) return named(two, one)
  // Loggers write a row of processing below the units.
  if (two && three && areUnits(two.cells) && !areUnits(three.cells)) {
    return named(three, two)
  }
  if (one) return named(one, null)
  const near = rows[first - 1]
  const count = near && !near.isComment && near.line === rows[first]!.line - 1 ? cellsUsed(near.cells) : 0
  const mismatch = count > 1 && count !== contents.length ? count : null
  return { header: 0, units: 0, cells: null, mismatch, isTitled: count === 1 }
}

const named = (header: LabelRow, units: LabelRow | null): Labels =>
  ({ header: header.line, units: units?.line ?? 0, cells: header.cells, mismatch: null, isTitled: false })

const cellsUsed = (cells: readonly string[]) => cells.findLastIndex((cell) => cell !== '') + 1

interface LabelRow { line: number; cells: string[] }

/** A row with a text for the columns, also in a comment; null if it is none. */
function labelRow(row: SampleRow | undefined, contents: Content[], delimiter: Delimiter): LabelRow | null {
  if (row === undefined) return null
  const cells = row.isComment ? cellsOf(withoutSign(row.text), delimiter) : row.cells
  const used = cellsUsed(cells)
  const lacking = contents.length - used
  // R leaves out the name of its row numbers.
  if (lacking < 0 || lacking > (contents.length > 2 ? 1 : 0)) return null
  // A comment such as '# columns: 1' is no name.
  if (contents.length === 1 && row.isComment && /[:=]/.test(cells[0]!)) return null
  const isLabel = isNumbered({ cells }) || contents.some((content, column) => content === 'number' && isWord(cells[column] ?? ''))
  return isLabel ? { line: row.line, cells: [...cells] } : null
}

const isWord = (cell: string) => cell !== '' && (maskOf(cell) & ~MISSING) === 0

/** The cells of one line. */
export function cellsOf(line: string, delimiter: Delimiter): string[] {
  const rows = new Rows(line, delimiter)
  return rows.next() ? [...rows.cells] : []
}

/** A column that is the digits after a decimal comma: whole numbers, and some begin with 0. */
function fractionsTaken({ delimiter, fitting, contents }: Candidate): number {
  if (delimiter !== 'comma' || fitting.length < 2) return 0
  const isFraction = (column: number) => {
    const cells = fitting.flatMap(({ cells }) => cells[column] ?? [])
    return cells.every((cell) => /^\d{1,9}$/.test(cell)) && cells.some((cell) => /^0\d/.test(cell))
  }
  return contents.some((content, column) => column > 0 && content === 'number' && isFraction(column)) ? 1 : 0
}

function spaceOnlyInNames({ delimiter, labels, rows, fitting }: Candidate): number {
  if (delimiter !== 'comma') return 0
  const names = rows.find(({ line }) => line === labels.header)
  return names && /, /.test(names.text) && !fitting.some(({ text }) => /, /.test(text)) ? 1 : 0
}

/** Where there are tabs, spaces are usually inside cells. */
const tabsTaken = ({ delimiter, fitting }: Candidate) =>
  (delimiter === 'spaces' ? fitting.filter(({ text }) => text.includes('\t')).length / fitting.length : 0)

function delimiterInName({ delimiter, labels }: Candidate): number {
  return delimiter === 'none' && labels.cells !== null && /[,;\t|](?! )/.test(labels.cells[0]!) ? 1 : 0
}
