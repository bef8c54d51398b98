import type { ArrayInfo } from '../contract/run.ts'
import type { ArrayData } from './protocol.ts'

/** Every host that better-sqlite3 has a binary for is little-endian, so the bytes in memory are the bytes that are kept. */
export const bytesOf = (data: ArrayData | Float64Array): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

export function codecOf(data: ArrayData): ArrayInfo['codec'] {
  if (data instanceof Float32Array) return 'f32'
  return data instanceof Uint16Array ? 'u16' : 'u32'
}

const types = { f32: Float32Array, u16: Uint16Array, u32: Uint32Array } as const

/** Copies, because a blob need not begin where the elements may. */
export const fromBytes = (codec: ArrayInfo['codec'], bytes: Uint8Array): ArrayData => new types[codec](copyOf(bytes))

export const realsFromBytes = (bytes: Uint8Array): number[] => [...new Float64Array(copyOf(bytes))]

const copyOf = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer
