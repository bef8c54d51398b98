import { counted } from '../format/words.ts'
import { type Column, withRoles } from './column.ts'
import { FEWEST_ROWS, MOST_COLUMNS } from './limits.ts'
import { type ElementField, type NpyHeader, parseNpyHeader } from './npy-header.ts'
import { type Refusal, refused } from './refused.ts'

export type NpyTable = { ok: true; columns: Column[]; shape: number[] } | Refusal

/**
 * Reads the columns of an NPY file (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): one column for a
 * one-dimensional array, one per second index for a two-dimensional one, or per first index if it is transposed. Records and complex
 * numbers have a column for each of their numbers. Rows and columns are counted from 0. Values that are not finite are gaps.
 */
export function parseNpy(bytes: Uint8Array, { transpose = false } = {}): NpyTable {
  const parsed = parseNpyHeader(bytes)
  if (!parsed.ok) return parsed
  const { header } = parsed
  const { shape, fields, size, dataOffset } = header
  const [rows = 0, columns = 1] = transpose && shape.length === 2 ? shape.toReversed() : shape
  const count = columns * fields.length
  const advice = shape.length === 2 && !transpose && columns > rows ? '. Transpose it with layout.transpose=true' : ''
  if (count < 1 || count > MOST_COLUMNS) return refused('shape', `must have 1 to ${MOST_COLUMNS} columns${advice}`, counted(count, 'column'))
  if (rows < FEWEST_ROWS) return refused('shape', `must have at least ${FEWEST_ROWS} rows${advice}`, counted(rows, 'row'))
  const wanted = rows * columns * size
  const found = bytes.length - dataOffset
  if (found !== wanted) return refused('', `must have ${wanted} bytes of data for its shape (${shape.join(', ')})`, `${found} bytes`)
  const read = (index: number, field: ElementField) => readColumn(bytes, { ...header, rows, columns, transpose }, index, field)
  return {
    ok: true, shape,
    columns: withRoles(Array.from({ length: columns }, (_, index) => fields.map((field) => read(index, field))).flat()),
  }
}

interface Array2D extends NpyHeader { rows: number; columns: number; transpose: boolean }

function readColumn(bytes: Uint8Array, header: Array2D, index: number, field: ElementField): Omit<Column, 'role' | 'why'> {
  const { shape, size, dataOffset, rows, columns, transpose } = header
  const { type, littleEndian, offset, part } = field
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset, bytes.length - dataOffset)
  // In Fortran order the first index of the file varies fastest, and transposing exchanges the two.
  const rowsVaryFastest = header.fortranOrder !== transpose
  const values = new Float64Array(rows)
  const about = { name: nameOf(shape, columns, index, field), unit: '', content: type.isTime ? 'time' as const : 'number' as const }
  let [gaps, firstGap] = [0, 0]
  for (let row = 0; row < rows; row++) {
    const element = rowsVaryFastest ? index * rows + row : row * columns + index
    const value = type.read(view, element * size + offset, littleEndian, part)
    if (type.wide && !Number.isSafeInteger(value)) {
      const problem = { path: `Row ${row}, column ${about.name}`, rule: 'must be a whole number within ±2^53', found: String(value) }
      return { ...about, values: new Float64Array(), gaps: 0, firstGap: 0, problem }
    }
    values[row] = Number.isFinite(value) ? value : NaN
    if (Number.isFinite(value)) continue
    if (gaps === 0) firstGap = row
    gaps += 1
  }
  const problem = emptyProblem(about.name, type.isTime, gaps === rows)
  return { ...about, values: problem ? new Float64Array() : values, gaps, firstGap, problem }
}

function emptyProblem(name: string, isTime: true | undefined, isEmpty: boolean): Column['problem'] {
  if (isTime) return { path: `Column '${name}'`, rule: 'must have numbers', found: 'dates or times' }
  return isEmpty ? { path: `Column '${name}'`, rule: 'must have numbers', found: 'only NaN' } : null
}

/** '0', 'force', '0 real', 'force 3': the fields of a record by their names, and columns by their index where there are several. */
function nameOf(shape: readonly number[], columns: number, index: number, { name }: ElementField): string {
  const hasIndex = name === '' || (shape.length === 2 && columns > 1)
  const isPart = name === 'real' || name === 'imaginary'
  if (!hasIndex) return isPart ? `0 ${name}` : name
  if (name === '') return String(index)
  return isPart ? `${index} ${name}` : `${name} ${index}`
}
