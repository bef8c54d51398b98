import Database from 'better-sqlite3'
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { LibraryError } from './error.ts'

/** 'Chlc' marks an SQLite file as a Chalcogen library. */
export const APPLICATION_ID = 0x43686c63

interface Identity {
  applicationId: number
  version: number
}

/**
 * Refuses a file that is not a library of version `newest` or older. Never changes the file.
 * @param nativeBinding as in `LibraryOptions`
 * @throws LibraryError cannot-open, empty-file, not-a-database, foreign, newer
 */
export function refuseForeignFile(file: string, newest: number, nativeBinding: string | undefined): void {
  if (!statSync(file).isFile()) throw new LibraryError('cannot-open', 'This is not a file. Choose a library file.')
  if (statSync(file).size === 0) {
    throw new LibraryError('empty-file', 'The file is empty. Restore a backup, or delete the file to start a new library.')
  }
  // An open library has a write-ahead log, and only SQLite knows its current content. Reading the file without SQLite would
  // release the locks of this process.
  const { applicationId, version } = existsSync(`${file}-wal`) ? askSqlite(file, nativeBinding) : readHeader(file)
  if (applicationId !== APPLICATION_ID) {
    throw new LibraryError('foreign', 'The file is a database of another application. Choose a library file.')
  }
  if (version > newest) {
    throw new LibraryError('newer', `The library has version ${version}, but this application supports only versions up to ${newest}. Update the application.`)
  }
}

/** First bytes of every SQLite file. */
export const MAGIC = 'SQLite format 3\0'
const HEADER_BYTES = 100

/** Offsets from https://www.sqlite.org/fileformat2.html, 1.3. */
function readHeader(file: string): Identity {
  const header = Buffer.alloc(HEADER_BYTES)
  const handle = openSync(file, 'r')
  try {
    const length = readSync(handle, header, 0, HEADER_BYTES, 0)
    if (length < HEADER_BYTES || header.toString('latin1', 0, MAGIC.length) !== MAGIC) {
      throw new LibraryError('not-a-database', 'The file is not an SQLite database. Choose a library file.')
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
