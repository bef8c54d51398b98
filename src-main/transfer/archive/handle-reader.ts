import type { FileHandle } from 'node:fs/promises'
import { RandomAccessReader } from 'yauzl'

const CHUNK = 2 ** 18

/**
 * Gives yauzl an open file. Its own reader asks `fs.read` for whatever place the archive names, and beyond 2^53 that throws
 * where nobody can catch it: 42 bytes would end the process. This one refuses a place outside the file.
 */
export class HandleReader extends RandomAccessReader {
  readonly #handle: FileHandle
  readonly #size: number

  /** @param size of the file in bytes */
  constructor(handle: FileHandle, size: number) {
    super()
    this.#handle = handle
    this.#size = size
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    if (!(position >= 0 && position + length <= this.#size)) return void setImmediate(callback, endOfFile())
    void this.#handle.read(buffer, offset, length, position)
      .then(({ bytesRead }) => (bytesRead < length ? endOfFile() : null), (error: Error) => error)
      .then(callback)
  }
}

/** The bytes from `start` up to `end`, in pieces. @throws Error where the file ends before */
export async function* bytesBetween(handle: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(Math.min(CHUNK, end - at)), { position: at })
    if (bytesRead === 0) throw endOfFile()
    yield buffer.subarray(0, bytesRead)
    at += bytesRead
  }
}

const endOfFile = () => new Error('an archive that ends too early or points beyond its end')
