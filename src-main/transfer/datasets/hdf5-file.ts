import type { File } from 'h5wasm/node'
import { open } from 'node:fs/promises'

/** An HDF5 file on disk. The library reports a failed write only to its own log, so every step is checked. */
export interface Hdf5File {
  file: File
  /** The result of a step. @throws the error of the file system if a write failed */
  checked<Result>(step: () => Result): Result
  /** Write what is left. @throws likewise */
  finish(): void
  /** Close the file, also after a failure. */
  close(): void
}

type Write = (stream: { fd: number }, buffer: unknown, offset: number, length: number, ...more: unknown[]) => number

const STANDARD_ERROR = 2

let lastFailure: unknown = null

/** Loaded only for an export, since the library has 4 MB. */
async function loadHdf5() {
  const library = await import('h5wasm/node')
  await library.ready
  return library
}

export async function createHdf5(path: string): Promise<Hdf5File> {
  // A folder that cannot be written is reported as for every other format.
  await (await open(path, 'wx')).close()
  const { File, FS } = await loadHdf5()
  noteFailures(FS as unknown as { write: Write & { isNoted?: true } })
  lastFailure = null
  const rethrow = () => {
    if (lastFailure !== null) throw lastFailure as Error
  }
  const checked = <Result>(step: () => Result): Result => {
    try {
      const result = step()
      rethrow()
      return result
    } catch (error) {
      rethrow()
      throw error
    }
  }
  const file = checked(() => new File(path, 'w'))
  let isOpen = true
  const close = () => {
    if (isOpen) file.close()
    isOpen = false
  }
  return {
    file, checked, close,
    finish: () => checked(() => {
      file.flush()
      close()
    }),
  }
}

function noteFailures(system: { write: Write & { isNoted?: true } }): void {
  const { write } = system
  if (write.isNoted) return
  system.write = Object.assign<Write, { isNoted: true }>((stream, buffer, offset, length, ...more) => {
    // The log of a failed write, some hundred lines.
    if (stream.fd === STANDARD_ERROR) return length
    try {
      return write(stream, buffer, offset, length, ...more)
    } catch (error) {
      lastFailure ??= error
      throw error
    }
  }, { isNoted: true })
}
