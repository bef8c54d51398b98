import type { FileHandle } from 'node:fs/promises'
import { RandomAccessReader } from 'yauzl'

const CHUNK = 2 ** 18

/**
 * Reader of an open file for yauzl. The reader of yauzl passes any position in the archive to `fs.read`, which throws an
 * uncatchable error beyond 2^53, so a file of 42 bytes could end the process. This reader refuses positions outside the file.
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

/** Read the bytes from `start` to `end` in chunks. @throws Error if the file ends earlier */
export async function* bytesBetween(handle: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end;) {
    const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(Math.min(CHUNK, end - at)), { position: at })
    if (bytesRead === 0) throw endOfFile()
    yield buffer.subarray(0, bytesRead)
    at += bytesRead
  }
}

const endOfFile = () => new Error('The archive ends too early or points beyond its end.')
