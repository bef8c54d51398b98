import { existsSync, realpathSync, statSync } from 'node:fs'
import { LibraryError } from './error.ts'
import { readHeader } from './header.ts'
import { NEWEST_VERSION } from './migrations/migrate.ts'
import { newerError, openReader } from './reading.ts'

/** 'Chlc' marks an SQLite file as a Chalcogen library. */
export const APPLICATION_ID = 0x43686c63

interface Identity {
  applicationId: number
  version: number
}

/**
 * Refuses a file that is not a library of this version or older. Never changes the file.
 * @param nativeBinding as in `LibraryOptions`
 * @throws LibraryError cannot-open, empty-file, not-a-database, foreign, newer
 */
export function refuseForeignFile(file: string, nativeBinding: string | undefined): void {
  if (!statSync(file).isFile()) throw new LibraryError('cannot-open', 'This is not a file. Choose a library file.')
  if (statSync(file).size === 0) {
    throw new LibraryError('empty-file', 'The file is empty. Restore a backup, or delete the file to start a new library.')
  }
  // An open library has a write-ahead log, and only SQLite knows its current content. Reading the file without SQLite would
  // release the locks of this process.
  const { applicationId, version } = existsSync(`${realpathSync(file)}-wal`) ? askSqlite(file, nativeBinding) : askHeader(file)
  if (applicationId !== APPLICATION_ID) {
    throw new LibraryError('foreign', 'The file is a database of another application. Choose a library file.')
  }
  if (version > NEWEST_VERSION) throw newerError(version)
}

function askHeader(file: string): Identity {
  const header = readHeader(file)
  if (header.isSqlite) return header
  throw new LibraryError('not-a-database', 'The file is not an SQLite database. Choose a library file.')
}

function askSqlite(file: string, nativeBinding: string | undefined): Identity {
  const { db, close } = openReader(file, nativeBinding)
  try {
    return {
      applicationId: db.pragma('application_id', { simple: true }) as number,
      version: db.pragma('user_version', { simple: true }) as number,
    }
  } finally {
    close()
  }
}
