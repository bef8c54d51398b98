import { createHash } from 'node:crypto'
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib'

/** Element types of stored arrays, little-endian. */
const types = { f32: Float32Array, f64: Float64Array, u16: Uint16Array, u32: Uint32Array } as const

export type Codec = keyof typeof types
export type Elements = Float32Array | Float64Array | Uint16Array | Uint32Array
export type Packing = 'raw' | 'shuffle-deflate'

/** Elements of an array as they are stored. */
export interface Packed {
  codec: Codec
  packing: Packing
  /** SHA-256 of the elements' bytes before packing. */
  sha256: string
  data: Uint8Array
}

/** Bytes of an array in memory. They are the stored bytes: every host with a better-sqlite3 binary is little-endian. */
export const bytesOf = (data: ArrayBufferView): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

/**
 * Packs elements: groups bytes of equal significance, then deflates them at the fastest level. A PCM snapshot shrinks to a fifth
 * at about 120 MB/s (docs/library.md). Elements that do not become smaller are stored raw.
 */
export function pack(values: Elements): Packed {
  const bytes = bytesOf(values)
  const sha256 = sha256Of(bytes)
  const packed = deflateRawSync(shuffled(bytes, values.BYTES_PER_ELEMENT), { level: constants.Z_BEST_SPEED })
  const codec = codecOf(values)
  // Copied, because buffers from zlib cannot be transferred to another thread.
  return packed.length < bytes.length
    ? { codec, packing: 'shuffle-deflate', sha256, data: new Uint8Array(packed) }
    : { codec, packing: 'raw', sha256, data: new Uint8Array(bytes) }
}

/**
 * Unpacks `length` elements into new memory.
 * @returns null if they cannot be unpacked or their SHA-256 is wrong
 */
export function unpack({ codec, packing, sha256, data }: Packed, length: number): Elements | null {
  const type = types[codec]
  const bytes = unpackedBytes(packing, data, length * type.BYTES_PER_ELEMENT, type.BYTES_PER_ELEMENT)
  if (bytes?.length !== length * type.BYTES_PER_ELEMENT || sha256Of(bytes) !== sha256) return null
  return new type(bytes.buffer, 0, length)
}

export const bytesPerElement = (codec: Codec): number => types[codec].BYTES_PER_ELEMENT

/** Reads float64. Bytes that make no whole number at the end, as damage may leave them, are ignored. */
export function realsFromBytes(bytes: Uint8Array): Float64Array {
  const { buffer, length } = new Uint8Array(bytes)
  return new Float64Array(buffer, 0, Math.floor(length / Float64Array.BYTES_PER_ELEMENT))
}

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function codecOf(values: Elements): Codec {
  return (Object.keys(types) as Codec[]).find((codec) => values instanceof types[codec])!
}

/** Returns the bytes at the start of a new buffer, because a blob may have the wrong alignment for its elements. */
function unpackedBytes(packing: Packing, data: Uint8Array, size: number, width: number): Uint8Array<ArrayBuffer> | null {
  if (packing === 'raw') return new Uint8Array(data)
  try {
    // The limit keeps damaged data from growing without bound. A limit of 0 would mean no limit. One piece is not joined, and so not
    // copied.
    return unshuffled(inflateRawSync(data, { maxOutputLength: Math.max(1, size), chunkSize: Math.max(64, size + 1) }), width)
  } catch {
    return null
  }
}

/** Puts the first bytes of all elements first, then the second bytes, and so on. */
function shuffled(bytes: Uint8Array, width: number): Uint8Array {
  const count = bytes.length / width
  const planes = new Uint8Array(bytes.length)
  for (let byte = 0, to = 0; byte < width; byte++) {
    for (let element = 0, from = byte; element < count; element++, from += width) planes[to++] = bytes[from]!
  }
  return planes
}

function unshuffled(planes: Uint8Array, width: number): Uint8Array<ArrayBuffer> {
  const count = planes.length / width
  const bytes = new Uint8Array(planes.length)
  for (let byte = 0, from = 0; byte < width; byte++) {
    for (let element = 0, to = byte; element < count; element++, to += width) bytes[to] = planes[from++]!
  }
  return bytes
}
