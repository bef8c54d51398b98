import { FEWEST_ROWS, MOST_COLUMNS, refused, type SignalColumn, type SignalTable } from './column.ts'
import { type NpyHeader, parseNpyHeader } from './npy-header.ts'

export type NpyTable = (SignalTable & { ok: true } & { shape: number[] }) | (SignalTable & { ok: false })

/**
 * The columns of an NPY file (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): one for an
 * array of one dimension, one per second index for two. A value that is not finite is the problem of its column.
 */
export function parseNpy(bytes: Uint8Array): NpyTable {
  const parsed = parseNpyHeader(bytes)
  if (!parsed.ok) return parsed
  const { shape, type, dataOffset } = parsed.header
  const [rows, columns = 1] = shape
  if (columns < 1 || columns > MOST_COLUMNS) return refused('shape', `${columns} columns`, `1 to ${MOST_COLUMNS}`)
  if (rows < FEWEST_ROWS) return refused('shape', `${rows} rows`, `at least ${FEWEST_ROWS}`)
  const wanted = rows * columns * type.size
  const found = bytes.length - dataOffset
  if (found !== wanted) return refused('', `${found} bytes of data`, `${wanted}, as the shape (${shape.join(', ')}) says`)
  return { ok: true, shape, columns: Array.from({ length: columns }, (_, index) => readColumn(bytes, parsed.header, index)) }
}

function readColumn(bytes: Uint8Array, header: NpyHeader, index: number): SignalColumn {
  const { shape, type, dataOffset, littleEndian, fortranOrder } = header
  const [rows, columns = 1] = shape
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataOffset)
  const name = String(index)
  const values: number[] = []
  for (let row = 0; row < rows; row++) {
    const element = fortranOrder ? index * rows + row : row * columns + index
    const value = type.read(view, element * type.size, littleEndian)
    if (!Number.isFinite(value) || (type.wide && !Number.isSafeInteger(value))) {
      const allowed = type.wide ? 'a whole number within ±2^53' : 'a finite number'
      return { name, values: [], problem: { path: `row ${row}, column ${name}`, found: String(value), allowed } }
    }
    values.push(value)
  }
  return { name, values, problem: null }
}
