import { isNpy, parseNpyHeader } from '../../../src-engine/data/npy-header.ts'
import { parseNpy } from '../../../src-engine/data/npy.ts'
import { instrumentFiles } from '../../fixtures/signals/instrument-files.ts'
import { npy, npyOf } from '../../fixtures/signals/npy.ts'
import { mutatedBytes } from '../mutate.ts'
import { type FuzzKind, Lie, refusalOf } from './kind.ts'

const values = [0.1, -0, 2, 5e-324, 1e308, NaN, 3, 4]

export async function npyKind(): Promise<FuzzKind> {
  const seeds = [
    npy('<f8', values), npy('>f4', values), npy('<f8', values, { shape: '(4, 2)' }), npy('<f8', values, { shape: '(2L, 4L)', fortran: true, version: 2 }),
    npyOf(`{'descr': [('a', '<f8'), (u'b', '|u1')], 'fortran_order': False, 'shape': (4,), }`, new Uint8Array(36), 3),
    ...instrumentFiles.map(({ bytes }) => bytes).filter(isNpy),
  ]
  return {
    input: (chance) => mutatedBytes(chance.oneOf(seeds), chance, seeds),
    read(input) {
      const table = parseNpy(input)
      if (!table.ok) return refusalOf(table.problems)
      requireStored(input, table.columns.map((column) => column.values))
      for (const { values: read, problem } of table.columns) {
        if (problem !== null) continue
        const again = parseNpy(npy('<f8', [...read]))
        if (!again.ok || again.columns[0]!.values.some((value, row) => !Object.is(value, read[row]))) throw new Lie('a column is not read again as the same')
      }
      return null
    },
  }
}

/** Compares with the bytes of the file where its elements are plain floats, row by row. */
function requireStored(input: Uint8Array, columns: readonly Float64Array[]): void {
  const parsed = parseNpyHeader(input)
  if (!parsed.ok) throw new Lie('an array was read whose header is refused')
  const { fields: [field], size, dataOffset, fortranOrder } = parsed.header
  if (columns.length !== 1 || fortranOrder || size !== 8 || field?.type.size !== 8) return
  const text = Buffer.from(input.subarray(0, dataOffset)).toString('latin1')
  if (!/'[<>]f8'/.test(text)) return
  const view = new DataView(input.buffer, input.byteOffset)
  columns[0]!.forEach((value, row) => {
    const stored = view.getFloat64(dataOffset + row * size, !text.includes('\'>f8\''))
    if (!Object.is(value, Number.isFinite(stored) ? stored : NaN)) throw new Lie(`row ${row} is ${stored} in the file, and ${value} was read`)
  })
}
