import { createHash } from 'node:crypto'
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'

/** What a kept array's elements are; little-endian. */
const types = { f32: Float32Array, f64: Float64Array, u16: Uint16Array, u32: Uint32Array } as const

export type Codec = keyof typeof types
export type Elements = Float32Array | Float64Array | Uint16Array | Uint32Array
export type Packing = 'raw' | 'shuffle-deflate'

/** An array's elements as they are kept. */
export interface Packed {
  codec: Codec
  packing: Packing
  /** Of the elements' bytes, before packing. */
  sha256: string
  data: Uint8Array
}

/** Every host that better-sqlite3 has a binary for is little-endian, so the bytes in memory are the bytes that are kept. */
export const bytesOf = (data: ArrayBufferView): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

/**
 * Bytes of equal weight brought together, then deflated at the fastest level: a fifth of a PCM snapshot's size at about
 * 120 MB/s (docs/library.md). What does not become smaller stays as it is.
 */
export function pack(values: Elements): Packed {
  const bytes = bytesOf(values)
  const sha256 = sha256Of(bytes)
  const packed = deflateRawSync(shuffled(bytes, values.BYTES_PER_ELEMENT), { level: constants.Z_BEST_SPEED })
  const codec = codecOf(values)
  // In copies that can be handed over: what zlib gives cannot.
  return packed.length < bytes.length
    ? { codec, packing: 'shuffle-deflate', sha256, data: new Uint8Array(packed) }
    : { codec, packing: 'raw', sha256, data: new Uint8Array(bytes) }
}

/**
 * The `length` elements that were packed, in memory of their own.
 * @returns null where they are not what was packed: the SHA-256 says so, or they cannot even be unpacked
 */
export function unpack({ codec, packing, sha256, data }: Packed, length: number): Elements | null {
  const type = types[codec]
  const bytes = unpackedBytes(packing, data, length * type.BYTES_PER_ELEMENT, type.BYTES_PER_ELEMENT)
  if (bytes?.length !== length * type.BYTES_PER_ELEMENT || sha256Of(bytes) !== sha256) return null
  return new type(bytes.buffer, 0, length)
}

export const bytesPerElement = (codec: Codec): number => types[codec].BYTES_PER_ELEMENT

export const realsFromBytes = (bytes: Uint8Array): number[] => [...new Float64Array(new Uint8Array(bytes).buffer)]

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function codecOf(values: Elements): Codec {
  return (Object.keys(types) as Codec[]).find((codec) => values instanceof types[codec])!
}

/** In a buffer that begins with them: a blob need not begin where the elements may. */
function unpackedBytes(packing: Packing, data: Uint8Array, size: number, width: number): Uint8Array<ArrayBuffer> | null {
  if (packing === 'raw') return new Uint8Array(data)
  try {
    // The bound stops damaged data from unpacking to more than was packed; of 0 bytes there is no bound.
    return unshuffled(inflateRawSync(data, { maxOutputLength: Math.max(1, size) }), width)
  } catch {
    return null
  }
}

/** All first bytes of the elements, then all second ones, and so on. */
function shuffled(bytes: Uint8Array, width: number): Uint8Array {
  const count = bytes.length / width
  const planes = new Uint8Array(bytes.length)
  for (let byte = 0, to = 0; byte < width; byte++) {
    for (let element = 0, from = byte; element < count; element++, from += width) planes[to++] = bytes[from]
  }
  return planes
}

function unshuffled(planes: Uint8Array, width: number): Uint8Array<ArrayBuffer> {
  const count = planes.length / width
  const bytes = new Uint8Array(planes.length)
  for (let byte = 0, from = 0; byte < width; byte++) {
    for (let element = 0, to = byte; element < count; element++, to += width) bytes[to] = planes[from++]
  }
  return bytes
}
