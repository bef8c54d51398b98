import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNpy } from '../../../../src-engine/data/npy.ts'
import { npyOf as npy } from '../../../fixtures/signals/npy.ts'

const fields = (descr: string, shape: string, order = 'False') => `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`
const bytesOf = (data: ArrayBufferView) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
const swapped = (data: ArrayBufferView, size: number) => {
  const bytes = bytesOf(data).slice()
  for (let i = 0; i < bytes.length; i += size) bytes.subarray(i, i + size).reverse()
  return bytes
}
const good = npy(fields('<f8', '(3,)'), bytesOf(Float64Array.of(1, 2, 3)))

const valuesOf = (bytes: Uint8Array) => {
  const table = parseNpy(bytes)
  if (!table.ok) throw new Error(JSON.stringify(table.problems))
  return table.columns.map(({ values }) => [...values])
}
const refusalOf = (bytes: Uint8Array) => {
  const table = parseNpy(bytes)
  return table.ok ? null : table.problems[0]
}

describe('an NPY file', () => {
  it.for([1, 2, 3])('of version %i can be read', (version) => {
    const table = parseNpy(npy(fields('<f8', '(3,)'), bytesOf(Float64Array.of(1, -2.5, 1e-300)), version))
    expect(table).toMatchObject({ ok: true, shape: [3], columns: [{ name: '0', role: 'signal', values: Float64Array.of(1, -2.5, 1e-300), gaps: 0, problem: null }] })
  })

  it.for([
    ['b1', 1, Uint8Array.of(1, 0, 1, 1)],
    ['i1', 1, Int8Array.of(1, -2, 127, -128)],
    ['u2', 2, Uint16Array.of(1, 2, 65535, 4)],
    ['u4', 4, Uint32Array.of(1, 2, 2 ** 32 - 1, 4)],
    ['u8', 8, BigUint64Array.of(1n, 2n, 2n ** 53n - 1n, 4n)],
    ['f4', 4, Float32Array.of(1.5, -2, 0.25, 4)],
    ['f8', 8, Float64Array.of(0.1, -2, 1e300, 4)],
    ['i2', 2, Int16Array.of(1, -2, 32767, -32768)],
    ['i4', 4, Int32Array.of(1, -2, 2 ** 31 - 1, 4)],
    ['i8', 8, BigInt64Array.of(1n, -2n, 2n ** 53n - 1n, -4n)],
    ['u1', 1, Uint8Array.of(1, 2, 255, 4)],
  ] as const)('of %s can be read in either byte order', ([type, size, data]) => {
    const values = Array.from(data as ArrayLike<number | bigint>, Number)
    expect(valuesOf(npy(fields(`<${type}`, '(4,)'), bytesOf(data)))).toEqual([values])
    expect(valuesOf(npy(fields(`>${type}`, '(4,)'), swapped(data, size)))).toEqual([values])
    expect(valuesOf(npy(fields(`|${type}`, '(4,)'), bytesOf(data)))).toEqual([values])
  })

  it('of two dimensions has one column per second index, in either memory order', () => {
    const data = bytesOf(Float64Array.of(1, 2, 3, 4, 5, 6))
    expect(valuesOf(npy(fields('<f8', '(3, 2)'), data))).toEqual([[1, 3, 5], [2, 4, 6]])
    expect(valuesOf(npy(fields('<f8', '(3, 2)', 'True'), data))).toEqual([[1, 2, 3], [4, 5, 6]])
  })

  it('keeps every bit of every finite matrix, at any offset in a buffer', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    const matrix = fc.tuple(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 1, max: 4 })).chain(([rows, columns]) =>
      fc.array(finite, { minLength: rows * columns, maxLength: rows * columns })
        .map((values) => [rows, columns, values] as const))
    fc.assert(fc.property(matrix, fc.nat(9), ([rows, columns, values], shift) => {
      const bytes = npy(fields('<f8', `(${rows}, ${columns})`), bytesOf(Float64Array.from(values)))
      const shifted = new Uint8Array(bytes.length + shift)
      shifted.set(bytes, shift)
      expect(valuesOf(shifted.subarray(shift))).toEqual(
        Array.from({ length: columns }, (_, column) => Array.from({ length: rows }, (_, row) => values[row * columns + column])),
      )
    }))
  })

  it('has gaps where a value is not finite', () => {
    const table = parseNpy(npy(fields('<f8', '(3, 2)'), bytesOf(Float64Array.of(1, 2, 3, NaN, 5, Infinity))))
    expect(table).toMatchObject({ ok: true, columns: [
      { name: '0', values: Float64Array.of(1, 3, 5), gaps: 0, problem: null },
      { name: '1', values: Float64Array.of(2, NaN, NaN), gaps: 2, firstGap: 1, problem: null },
    ] })
  })

  it.for<[string, string]>([
    ['Python 2, with long integers', `{'descr': '<f8', 'fortran_order': False, 'shape': (3L,), }`],
    ['double quotation marks', `{"descr": "<f8", "fortran_order": False, "shape": (3,)}`],
    ['unicode texts', `{u'descr': u'<f8', u'fortran_order': False, u'shape': (3,), }`],
    ['another order of its entries', `{'shape': (3,), 'fortran_order': False, 'descr': '<f8'}`],
    ['axes of one entry', `{'descr': '<f8', 'fortran_order': True, 'shape': (3, 1, 1), }`],
  ])('may have a header of %s', ([, header]) => {
    expect(valuesOf(npy(header, bytesOf(Float64Array.of(1, 2, 3))))).toEqual([[1, 2, 3]])
  })

  it('is transposed on request, in either memory order', () => {
    const data = bytesOf(Float64Array.of(1, 2, 3, 4, 5, 6))
    const transposed = (order: string) => {
      const table = parseNpy(npy(fields('<f8', '(2, 3)', order), data), { transpose: true })
      return table.ok && table.columns.map(({ values }) => [...values])
    }
    expect([transposed('False'), transposed('True')]).toEqual([[[1, 2, 3], [4, 5, 6]], [[1, 3, 5], [2, 4, 6]]])
  })

  it('has a column for each number of a record and of a complex number', () => {
    const columnsOf = (bytes: Uint8Array) => {
      const table = parseNpy(bytes)
      return table.ok && table.columns.map(({ name, role, values }) => [name, role, ...values])
    }
    const complex = npy(fields('<c16', '(2,)'), bytesOf(Float64Array.of(1, 2, 3, 5)))
    expect(columnsOf(complex)).toEqual([['0 real', 'signal', 1, 3], ['0 imaginary', 'signal', 2, 5]])
    const record = new DataView(new ArrayBuffer(2 * 19))
    for (const row of [0, 1]) {
      record.setBigInt64(19 * row, BigInt(row), true)
      record.setFloat32(19 * row + 8, 1.5 + row, true)
      record.setInt16(19 * row + 12, 7 * row, false)
    }
    const header = `{'descr': [('when', '<M8[us]'), ('force', '<f4'), ('raw', '>i2'), ('note', '|S5')], 'fortran_order': False, 'shape': (2,), }`
    expect(columnsOf(npy(header, bytesOf(record)))).toEqual([['when', 'time'], ['force', 'signal', 1.5, 2.5], ['raw', 'signal', 0, 7]])
  })

  it('of half floats is read with every kind of value', () => {
    const data = Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x0001, 0x7bff, 0x8000)
    expect(valuesOf(npy(fields('<f2', '(6,)'), bytesOf(data)))).toEqual([[1, -2, 0.333251953125, 2 ** -24, 65504, -0]])
  })

  it('of long doubles is read as x86 and as other machines write them', () => {
    const x86 = new Uint8Array(32)
    x86.set([0xc0, 0xff, 0x3f], 7)
    x86.set([0x80, 0x00, 0xc0], 23)
    expect(valuesOf(npy(fields('<f16', '(2,)'), x86))).toEqual([[1.5, -2]])
    const quadruple = new Uint8Array(32)
    quadruple.set([0x80, 0xff, 0x3f], 13)
    quadruple.set([0x00, 0xc0], 30)
    expect(valuesOf(npy(fields('<f16', '(2,)'), quadruple))).toEqual([[1.5, -2]])
  })

  it('refuses whole numbers that float64 would round', () => {
    const table = parseNpy(npy(fields('<i8', '(2,)'), bytesOf(BigInt64Array.of(1n, 2n ** 53n + 1n))))
    expect(table).toMatchObject({ ok: true, columns: [{ problem: { path: 'Row 1, column 0', rule: 'must be a whole number within ±2^53' } }] })
  })

  const pair = bytesOf(Float64Array.of(1, 2))
  it.for<[string, Uint8Array, string, RegExp]>([
    ['no bytes', new Uint8Array(), '', /begin/],
    ['another file', new TextEncoder().encode('a,b\n1,2\n'), '', /begin/],
    ['an unknown version', npy(fields('<f8', '(2,)'), pair, 4), 'version', /4/],
    ['a header cut off', good.subarray(0, 40), 'header', /ends/],
    ['a prefix cut off', good.subarray(0, 9), 'header', /ends/],
    ['three dimensions', npy(fields('<f8', '(2, 2, 2)'), pair), 'shape', /3 dimensions/],
    ['records of texts', npy(`{'descr': [('a', '|S4'), ('b', '|S12')], 'fortran_order': False, 'shape': (1,), }`, pair), 'descr', /'a', '\|S4'/],
    ['a header that is no dictionary', npy('[1, 2', pair), 'header', /\[1, 2/],
    ['a header with code', npy(`{'descr': open('x'), }`, pair), 'header', /open/],
    ['objects', npy(fields('|O', '(2,)'), pair), 'descr', /O/],
    ['no type', npy(`{'fortran_order': False, 'shape': (2,), }`, pair), 'descr', /nothing/],
    ['no order', npy(`{'descr': '<f8', 'shape': (2,), }`, pair), 'fortran_order', /nothing/],
    ['no shape', npy(`{'descr': '<f8', 'fortran_order': False, }`, pair), 'shape', /nothing/],
    ['a single number', npy(fields('<f8', '()'), pair), 'shape', /0 dimensions/],
    ['one row', npy(fields('<f8', '(1, 2)'), pair), 'shape', /1 row$/],
    ['no columns', npy(fields('<f8', '(1000000000, 0)'), new Uint8Array()), 'shape', /0 columns/],
    ['very many columns', npy(fields('<f8', '(2, 1000000000)'), pair), 'shape', /1.000.000.000 columns/],
    ['more rows than data', npy(fields('<f8', '(1000000000000,)'), pair), '', /16 bytes/],
    ['more data than rows', npy(fields('<f8', '(2,)'), bytesOf(Float64Array.of(1, 2, 3))), '', /24 bytes/],
    ['a negative length', npy(fields('<f8', '(-2,)'), pair), 'shape', /nothing/],
  ])('with %s is refused', ([, bytes, path, found]) => {
    expect(refusalOf(bytes)).toEqual({ path, rule: expect.stringMatching(/^must ./), found: expect.stringMatching(found) })
  })

  it('never throws if any byte is changed', () => {
    fc.assert(fc.property(fc.nat(good.length - 1), fc.nat(255), (index, byte) => {
      const bytes = good.slice()
      bytes[index] = byte
      parseNpy(bytes)
    }), { numRuns: 500 })
  })
})
