import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Elements, pack, unpack } from '../../../src-main/library/codec.ts'

const plane = { maxLength: 400 }
const any: fc.Arbitrary<Elements> = fc.oneof(
  fc.float32Array(plane), fc.float64Array(plane), fc.uint16Array(plane), fc.uint32Array(plane),
  fc.uint32Array({ ...plane, max: 3 }),
)
const bytes = (values: Elements) => Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex')

it('restores every bit with either packing', () => {
  fc.assert(fc.property(any, (values) => {
    const packed = pack(values)
    const back = unpack(packed, values.length)!
    expect(back.constructor).toBe(values.constructor)
    expect(bytes(back)).toBe(bytes(values))
    expect(packed.data.length).toBeLessThanOrEqual(values.byteLength)
  }))
})

it('compresses counts, and never makes noise larger', () => {
  const counts = Uint32Array.from({ length: 10_000 }, (_, index) => index % 7)
  expect(pack(counts)).toMatchObject({ packing: 'shuffle-deflate' })
  expect(pack(counts).data.length).toBeLessThan(counts.byteLength / 20)
  const noise = Uint32Array.from({ length: 64 }, (_, index) => Math.imul(index + 1, 2_654_435_761))
  expect(pack(noise).data.length).toBeLessThanOrEqual(noise.byteLength)
})

it('detects a flipped bit, truncated data and a wrong length', () => {
  fc.assert(fc.property(any.filter(({ length }) => length > 0), fc.nat(), fc.nat(7), (values, place, bit) => {
    const packed = pack(values)
    const flipped = packed.data.slice()
    flipped[place % flipped.length]! ^= 1 << bit
    const seen = unpack({ ...packed, data: flipped }, values.length)
    // The last bits of a deflated stream may be unused.
    if (seen !== null) expect(bytes(seen)).toBe(bytes(values))
    if (packed.packing === 'raw') expect(seen).toBeNull()
    expect(unpack({ ...packed, data: packed.data.subarray(0, -1) }, values.length)).toBeNull()
    expect(unpack(packed, values.length + 1)).toBeNull()
  }))
})

it('returns data that can be transferred to another thread', () => {
  const { data } = pack(new Uint32Array(1000))
  expect(() => structuredClone(data, { transfer: [data.buffer as ArrayBuffer] })).not.toThrow()
})
