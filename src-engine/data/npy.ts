import { FEWEST_ROWS, MOST_COLUMNS, refused, type SignalColumn, type SignalTable } from './column.ts'
import { type NpyHeader, parseNpyHeader } from './npy-header.ts'

export type NpyTable = (SignalTable & { ok: true } & { shape: number[] }) | (SignalTable & { ok: false })

/**
 * Reads the columns of an NPY file (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): one column for a
 * one-dimensional array, one per second index for a two-dimensional one. Rows and columns are counted from 0.
 * A value that is not finite is the problem of its column.
 */
export function parseNpy(bytes: Uint8Array): NpyTable {
  const parsed = parseNpyHeader(bytes)
  if (!parsed.ok) return parsed
  const { shape, type, dataOffset } = parsed.header
  const [rows = 0, columns = 1] = shape
  if (columns < 1 || columns > MOST_COLUMNS) return refused('shape', `must have 1 to ${MOST_COLUMNS} columns`, `${columns} columns`)
  if (rows < FEWEST_ROWS) return refused('shape', `must have at least ${FEWEST_ROWS} rows`, `${rows} ${rows === 1 ? 'row' : 'rows'}`)
  const wanted = rows * columns * type.size
  const found = bytes.length - dataOffset
  if (found !== wanted) return refused('', `must have ${wanted} bytes of data for its shape (${shape.join(', ')})`, `${found} bytes`)
  return { ok: true, shape, columns: Array.from({ length: columns }, (_, index) => readColumn(bytes, parsed.header, index)) }
}

function readColumn(bytes: Uint8Array, header: NpyHeader, index: number): SignalColumn {
  const { shape, type, dataOffset, littleEndian, fortranOrder } = header
  const [rows = 0, columns = 1] = shape
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset)
  const name = String(index)
  const values: number[] = []
  for (let row = 0; row < rows; row++) {
    const element = fortranOrder ? index * rows + row : row * columns + index
    const value = type.read(view, element * type.size, littleEndian)
    if (!Number.isFinite(value) || (type.wide && !Number.isSafeInteger(value))) {
      const rule = type.wide ? 'must be a whole number within ±2^53' : 'must be a finite number'
      return { name, values: [], problem: { path: `Row ${row}, column ${name}`, rule, found: String(value) } }
    }
    values.push(value)
  }
  return { name, values, problem: null }
}
