import Database from 'better-sqlite3'
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { LibraryError } from './error.ts'

/** 'Chlc': marks an SQLite file as a library of ours. */
export const APPLICATION_ID = 0x43686c63

interface Identity {
  applicationId: number
  version: number
}

/**
 * Refuses a file that is not a library of version `newest` or older, without changing a byte of it.
 * @param nativeBinding as in `LibraryOptions`
 */
export function refuseStranger(file: string, newest: number, nativeBinding: string | undefined): void {
  if (!statSync(file).isFile()) throw new LibraryError('cannot-open', 'it is not a file')
  if (statSync(file).size === 0) {
    throw new LibraryError('empty-file', 'the file is empty; if nothing is missing, remove it and a new library is made')
  }
  // A library that is open has a write-ahead log beside it: then only SQLite knows what it holds, and reading
  // the file past SQLite would drop the locks of this process.
  const { applicationId, version } = existsSync(`${file}-wal`) ? askSqlite(file, nativeBinding) : readHeader(file)
  if (applicationId !== APPLICATION_ID) {
    throw new LibraryError('foreign', 'the file is a database of another application')
  }
  if (version > newest) {
    throw new LibraryError('newer', `the library has version ${version}, and this application knows up to ${newest}; update the application`)
  }
}

/** How every SQLite file begins. */
export const MAGIC = 'SQLite format 3\0'
const HEADER_BYTES = 100

/** Offsets from https://www.sqlite.org/fileformat2.html, 1.3. */
function readHeader(file: string): Identity {
  const header = Buffer.alloc(HEADER_BYTES)
  const handle = openSync(file, 'r')
  try {
    const length = readSync(handle, header, 0, HEADER_BYTES, 0)
    if (length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
      throw new LibraryError('not-a-database', 'the file is no SQLite database')
    }
  } finally {
    closeSync(handle)
  }
  return { version: header.readInt32BE(60), applicationId: header.readInt32BE(68) }
}

function askSqlite(file: string, nativeBinding: string | undefined): Identity {
  const db = new Database(file, { readonly: true, fileMustExist: true, nativeBinding })
  try {
    return {
      applicationId: db.pragma('application_id', { simple: true }) as number,
      version: db.pragma('user_version', { simple: true }) as number,
    }
  } finally {
    db.close()
  }
}
