import { type FileHandle, open } from 'node:fs/promises'

/** A new file that is written piece by piece. */
export class FileOutput {
  readonly #handle: FileHandle
  /** Bytes that `write` has added. */
  size = 0

  private constructor(handle: FileHandle) {
    this.#handle = handle
  }

  static async create(file: string): Promise<FileOutput> {
    return new FileOutput(await open(file, 'wx+'))
  }

  /** Write at the end of what was written. */
  async write(bytes: Uint8Array): Promise<void> {
    await this.rewrite(bytes, this.size)
    this.size += bytes.length
  }

  /** Write at a place in the file. */
  async rewrite(bytes: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < bytes.length;) {
      done += (await this.#handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten
    }
  }

  /** @throws if the file is shorter */
  async read(from: number, length: number): Promise<Buffer> {
    const { buffer, bytesRead } = await this.#handle.read(Buffer.allocUnsafe(length), 0, length, from)
    if (bytesRead < length) throw new Error(`A temporary file ends after ${from + bytesRead} bytes. Export the runs again.`)
    return buffer
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}
