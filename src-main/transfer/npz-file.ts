import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import { fromBufferPromise } from 'yauzl'
import { formatBytes } from '../../src-engine/format/sizes.ts'
import type { NamedArray } from '../../src-engine/data/table.ts'
import { BadInput } from '../../src-engine/experiment/problem.ts'

const inflate = promisify(inflateRaw)
const STORED = 0
const DEFLATED = 8

/** Whether bytes are a ZIP file, as numpy.savez writes. */
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4

/**
 * Unpack the arrays of an NPZ file that is in memory. Other members are left out.
 * @returns null if it has none, as other ZIP files
 * @throws BadInput if the file is damaged, or larger than `mostBytes` when unpacked
 */
export async function readNpz(bytes: Uint8Array, file: string, mostBytes: number): Promise<NamedArray[] | null> {
  const refuse = (rule: string, found = '', path = '') => new BadInput(file, [{ path, rule, found }])
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), { lazyEntries: true })
    const arrays: NamedArray[] = []
    let total = 0
    for await (const entry of zip.eachEntry()) {
      const { fileName, uncompressedSize: size, compressionMethod: method } = entry
      if (!fileName.endsWith('.npy')) continue
      total += size
      if (total > mostBytes) throw refuse(`must have at most ${formatBytes(mostBytes)} of arrays`, `${formatBytes(total)} or more`)
      if (method !== STORED && method !== DEFLATED) throw refuse('must be stored or deflated', `method ${method}`, fileName)
      const { fileDataStart: start } = await zip.readLocalFileHeaderPromise(entry, { minimal: true })
      const packed = bytes.subarray(start, start + entry.compressedSize)
      const array = method === STORED ? packed : await inflate(packed, { maxOutputLength: Math.max(1, size) })
      if (array.length !== size || crc32(array) !== entry.crc32) throw refuse('must have the bytes that the directory lists', 'others: the file is damaged', fileName)
      arrays.push({ name: fileName.slice(0, -'.npy'.length), bytes: array })
    }
    return arrays.length > 0 ? arrays : null
  } catch (error) {
    throw error instanceof BadInput ? error : refuse(`cannot be read: ${(error as Error).message}`)
  }
}
