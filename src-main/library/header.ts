import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { LibraryError } from './error.ts'

/** First bytes of every SQLite file. */
export const MAGIC = 'SQLite format 3\0'
const HEADER_BYTES = 100

export interface Header {
  /** Whether the file begins as every SQLite file. */
  isSqlite: boolean
  applicationId: number
  version: number
  /** Whether SQLite opens a log and its index beside the file, even to read it. */
  usesLog: boolean
}

/**
 * Reads the header of a file that this process has not opened: reading it without SQLite would release the locks of this process.
 * Offsets from https://www.sqlite.org/fileformat2.html, 1.3.
 */
export function readHeader(file: string): Header {
  // Opening a pipe would wait until something writes to it.
  if (!statSync(file).isFile()) throw new LibraryError('cannot-open', 'This is not a file. Choose a library file.')
  const header = Buffer.alloc(HEADER_BYTES)
  const handle = openSync(file, 'r')
  try {
    const isSqlite = readSync(handle, header, 0, HEADER_BYTES, 0) === HEADER_BYTES && header.toString('latin1', 0, MAGIC.length) === MAGIC
    return { isSqlite, version: header.readInt32BE(60), applicationId: header.readInt32BE(68), usesLog: header[19] === 2 }
  } finally {
    closeSync(handle)
  }
}
