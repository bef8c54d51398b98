/** Types of the elements of an NPY file, by the code of numpy: 'f8'. Bytes are in the order that the caller says. */
export interface ElementType {
  /** Bytes. */
  size: number
  /** Names of the numbers of one element, if it has several. */
  parts?: readonly [string, string]
  /** A date or a duration, which is never a signal. */
  isTime?: true
  /** Can hold whole numbers beyond ±2^53, which float64 cannot distinguish. */
  wide?: true
  /** @param part 1 for the imaginary part */
  read(view: DataView, offset: number, littleEndian: boolean, part: number): number
}

const int64: ElementType = { size: 8, wide: true, read: (view, offset, little) => Number(view.getBigInt64(offset, little)) }
/** The smallest int64 is "not a time". */
const time: ElementType = {
  size: 8, isTime: true,
  read(view, offset, little) {
    const ticks = view.getBigInt64(offset, little)
    return ticks === -(2n ** 63n) ? NaN : Number(ticks)
  },
}
const half = (view: DataView, offset: number, little: boolean) => halfFloat(view.getUint16(offset, little))
const single = (view: DataView, offset: number, little: boolean) => view.getFloat32(offset, little)
const double = (view: DataView, offset: number, little: boolean) => view.getFloat64(offset, little)

type Read = (view: DataView, offset: number, littleEndian: boolean) => number
const PARTS = ['real', 'imaginary'] as const
const complex = (size: number, read: Read): ElementType =>
  ({ size: 2 * size, parts: PARTS, read: (view, offset, little, part) => read(view, offset + part * size, little) })

export const elementTypes: ReadonlyMap<string, ElementType> = new Map<string, ElementType>([
  ['b1', { size: 1, read: (view, offset) => (view.getUint8(offset) === 0 ? 0 : 1) }],
  ['i1', { size: 1, read: (view, offset) => view.getInt8(offset) }],
  ['u1', { size: 1, read: (view, offset) => view.getUint8(offset) }],
  ['i2', { size: 2, read: (view, offset, little) => view.getInt16(offset, little) }],
  ['u2', { size: 2, read: (view, offset, little) => view.getUint16(offset, little) }],
  ['i4', { size: 4, read: (view, offset, little) => view.getInt32(offset, little) }],
  ['u4', { size: 4, read: (view, offset, little) => view.getUint32(offset, little) }],
  ['i8', int64],
  ['u8', { size: 8, wide: true, read: (view, offset, little) => Number(view.getBigUint64(offset, little)) }],
  ['f2', { size: 2, read: half }],
  ['f4', { size: 4, read: single }],
  ['f8', { size: 8, read: double }],
  ['f12', { size: 12, read: extended(12) }],
  ['f16', { size: 16, read: extended(16) }],
  ['c8', complex(4, single)],
  ['c16', complex(8, double)],
  ['c24', complex(12, extended(12))],
  ['c32', complex(16, extended(16))],
  ['m8', time],
  ['M8', time],
])

/** IEEE 754 binary16: 1 sign bit, 5 bits of exponent, 10 of fraction. */
function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

/**
 * "long double", rounded to float64. Its code does not say what it is: the 80-bit format of x86, padded to 12 or 16 bytes, or IEEE 754
 * binary128 of other machines. The x86 format has an explicit first bit, which is 1 in every normal number, and padding of 0.
 */
function extended(size: 12 | 16): Read {
  return (view, offset, little) => {
    const byte = (index: number) => view.getUint8(little ? offset + index : offset + size - 1 - index)
    const isPadded = Array.from({ length: size - 10 }, (_, index) => byte(10 + index)).every((value) => value === 0)
    return size === 12 || isPadded ? x86Extended(byte) : quadruple(byte)
  }
}

/** @param byte counted from the least significant */
function x86Extended(byte: (index: number) => number): number {
  const mantissa = wholeOf(byte, 0, 8)
  const word = byte(8) | (byte(9) << 8)
  const exponent = word & 0x7fff
  const sign = word & 0x8000 ? -1 : 1
  if (exponent === 0x7fff) return mantissa === 2n ** 63n ? sign * Infinity : NaN
  return sign * scaled(mantissa, exponent - 16_383 - 63)
}

function quadruple(byte: (index: number) => number): number {
  const fraction = wholeOf(byte, 0, 14)
  const word = byte(14) | (byte(15) << 8)
  const exponent = word & 0x7fff
  const sign = word & 0x8000 ? -1 : 1
  if (exponent === 0x7fff) return fraction === 0n ? sign * Infinity : NaN
  return sign * (exponent === 0 ? scaled(fraction, -16_494) : scaled(fraction + 2n ** 112n, exponent - 16_383 - 112))
}

function wholeOf(byte: (index: number) => number, from: number, to: number): bigint {
  let whole = 0n
  for (let index = to - 1; index >= from; index--) whole = whole * 256n + BigInt(byte(index))
  return whole
}

/** whole·2^exponent, without an overflow of the power alone. */
function scaled(whole: bigint, exponent: number): number {
  if (exponent > 1100) return whole === 0n ? 0 : Infinity
  if (exponent < -1300) return 0
  const half = Math.trunc(exponent / 2)
  return Number(whole) * 2 ** half * 2 ** (exponent - half)
}
