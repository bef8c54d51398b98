import { type Delimiter, delimiters, encodings, type LayoutSpec } from '../experiment/tasks/layout.ts'
import { describeProblem } from '../experiment/problem.ts'
import { counted } from '../format/words.ts'
import { type Column, withRoles } from './column.ts'
import { type Decoded, decodeText } from './encoding.ts'
import type { Confidence } from './guess.ts'
import { isNpy } from './npy-header.ts'
import { parseNpy } from './npy.ts'
import { type Refusal, refused } from './refused.ts'
import { type OnProgress, readTextTable } from './text-table.ts'

/** The columns of a file, and how they were read. */
export interface Table {
  ok: true
  columns: Column[]
  /** Complete: with it, the file is read without a guess. */
  layout: LayoutSpec
  /** Null if nothing was guessed. */
  confidence: Confidence | null
  why: string[]
  /** Settings of the layout that would read the file in another way. */
  alternatives: Partial<LayoutSpec>[]
  notes: string[]
}

/** Reads a text or NPY file by its content. Its name does not matter. @param wanted what the user has chosen of the layout */
export function readTable(bytes: Uint8Array, wanted: LayoutSpec = {}): Table | Refusal {
  if (isNpy(bytes)) return arrayTable(bytes, wanted)
  const decoded = decodeText(bytes, wanted.encoding)
  return decoded.ok ? tableOfText(decoded, wanted) : decoded
}

/** Reads the text of a file. @param onProgress receives the share that is read */
export function tableOfText(
  decoded: Extract<Decoded, { ok: true }>, wanted: LayoutSpec, onProgress?: OnProgress,
): Table | Refusal {
  const table = readTextTable(decoded.text, wanted, onProgress)
  if (!table.ok) return table
  const { columns, layout, notes, guess: { confidence, why, alternatives } } = table
  return {
    ok: true, columns, notes, alternatives, why: [`${encodings[decoded.encoding].title}: ${decoded.why}`, ...why],
    layout: { encoding: decoded.encoding, ...layout }, confidence: isComplete(wanted) ? null : confidence,
  }
}

export const arrayTable = (bytes: Uint8Array, layout: LayoutSpec) => readArrays([{ name: '', bytes }], layout)

/** One array of an NPZ file, or of an NPY file without a name. */
export interface NamedArray { name: string; bytes: Uint8Array }

/** Reads arrays as one table. The columns of a named array begin with its name. They may have different lengths. */
export function readArrays(arrays: readonly NamedArray[], { transpose }: LayoutSpec): Table | Refusal {
  const columns: Omit<Column, 'role' | 'why'>[] = []
  const notes: string[] = []
  for (const { name, bytes } of arrays) {
    const table = parseNpy(bytes, { transpose })
    if (!table.ok) {
      const within = (path: string) => [name, path].filter(Boolean).join(': ')
      const problems = table.problems.map((problem) => ({ ...problem, path: within(problem.path) }))
      if (arrays.length === 1) return { ok: false, problems }
      notes.push(`${name} left out: ${describeProblem(table.problems[0]!)}`)
      continue
    }
    columns.push(...table.columns.map((column) => ({ ...column, name: nameWithin(name, column.name, table.columns.length) })))
    const [rows = 0, count = 1] = table.shape
    if (table.shape.length === 2 && count > rows && !transpose) {
      notes.push(`${[name, counted(count, 'column')].filter(Boolean).join(': ')} of ${counted(rows, 'row')}. If its rows are the columns, set layout.transpose=true`)
    }
  }
  if (columns.length === 0) return refused('', 'must have an array of numbers', notes.join('; ') || 'none')
  const layout = transpose === undefined ? {} : { transpose }
  return { ok: true, columns: withRoles(columns), layout, confidence: null, why: [], alternatives: [], notes }
}

const nameWithin = (array: string, column: string, columns: number) => {
  if (array === '') return column
  return columns === 1 ? array : `${array} ${column}`
}

const isComplete = ({ encoding, delimiter, decimal, thousands, header, from }: LayoutSpec) =>
  ![encoding, delimiter, decimal, thousands, header, from].includes(undefined)

/** 'UTF-8, semicolon, decimal comma, names in row 1, units in row 2, numbers from row 3' */
export function describeLayout(layout: LayoutSpec): string {
  const { encoding, delimiter, decimal, thousands, header, units, from, to, transpose } = layout
  return [
    encoding && encodings[encoding].title,
    delimiter && (delimiter === 'none' ? 'one column' : nameOf(delimiter)),
    decimal && `decimal ${decimal}`,
    thousands && thousands !== 'none' && `thousands ${thousands}`,
    header === undefined ? '' : header === 0 ? 'no names' : `names in row ${header}`,
    units ? `units in row ${units}` : '',
    from && `numbers from row ${from}${to ? ` to ${to}` : ''}`,
    transpose ? 'transposed' : '',
  ].filter(Boolean).join(', ')
}

const nameOf = (delimiter: Delimiter) => delimiters[delimiter].title.toLowerCase()
