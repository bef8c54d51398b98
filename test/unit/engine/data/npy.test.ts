import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNpy } from '../../../../src-engine/data/npy.ts'

/** Like numpy.save, pads the header so that the data begins at a multiple of 64. */
function npy(fields: string, data: Uint8Array, version = 1): Uint8Array {
  const lengthBytes = version === 1 ? 2 : 4
  const prefix = 8 + lengthBytes
  const length = Math.ceil((prefix + fields.length + 1) / 64) * 64 - prefix
  const bytes = new Uint8Array(prefix + length + data.length)
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0])
  const view = new DataView(bytes.buffer)
  if (version === 1) view.setUint16(8, length, true)
  else view.setUint32(8, length, true)
  bytes.set(new TextEncoder().encode(`${fields.padEnd(length - 1)}\n`), prefix)
  bytes.set(data, prefix + length)
  return bytes
}

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
  return table.columns.map(({ values }) => values)
}
const refusalOf = (bytes: Uint8Array) => {
  const table = parseNpy(bytes)
  return table.ok ? null : table.problems[0]
}

describe('an NPY file', () => {
  it.for([1, 2, 3])('of version %i can be read', (version) => {
    const table = parseNpy(npy(fields('<f8', '(3,)'), bytesOf(Float64Array.of(1, -2.5, 1e-300)), version))
    expect(table).toEqual({ ok: true, shape: [3], columns: [{ name: '0', values: [1, -2.5, 1e-300], problem: null }] })
  })

  it.for([
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

  it('names the first value of a column that is not finite, and reads the other columns', () => {
    const table = parseNpy(npy(fields('<f8', '(2, 2)'), bytesOf(Float64Array.of(1, 2, 3, NaN))))
    expect(table).toMatchObject({ ok: true, columns: [
      { name: '0', values: [1, 3], problem: null },
      { name: '1', values: [], problem: { path: 'Row 1, column 1', rule: 'must be a finite number', found: 'NaN' } },
    ] })
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
    ['complex numbers', npy(fields('<c16', '(2,)'), pair), 'descr', /c16/],
    ['half floats', npy(fields('<f2', '(2,)'), pair), 'descr', /f2/],
    ['objects', npy(fields('|O', '(2,)'), pair), 'descr', /O/],
    ['records', npy(`{'descr': [('a', '<f4'), ('b', '<f4')], 'fortran_order': False, 'shape': (2,), }`, pair), 'descr', /\('a', '<f4'\)/],
    ['no type', npy(`{'fortran_order': False, 'shape': (2,), }`, pair), 'descr', /nothing/],
    ['no order', npy(`{'descr': '<f8', 'shape': (2,), }`, pair), 'fortran_order', /nothing/],
    ['no shape', npy(`{'descr': '<f8', 'fortran_order': False, }`, pair), 'shape', /nothing/],
    ['a single number', npy(fields('<f8', '()'), pair), 'shape', /0 dimensions/],
    ['three dimensions', npy(fields('<f8', '(2, 1, 1)'), pair), 'shape', /3 dimensions/],
    ['one row', npy(fields('<f8', '(1, 2)'), pair), 'shape', /1 row$/],
    ['no columns', npy(fields('<f8', '(1000000000, 0)'), new Uint8Array()), 'shape', /0 columns/],
    ['very many columns', npy(fields('<f8', '(2, 1000000000)'), pair), 'shape', /1000000000 columns/],
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
