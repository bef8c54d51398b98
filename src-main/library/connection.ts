import Database from 'better-sqlite3'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { backUpAtOnce } from './backup.ts'
import { asLibraryError, LibraryError } from './error.ts'
import { copyElsewhere, draftOf, putInPlace, removeDraft } from './files.ts'
import { APPLICATION_ID, refuseStranger } from './identity.ts'
import { migrate, NEWEST_VERSION, versionOf } from './migrations/migrate.ts'

/** Milliseconds to wait for another program's lock. */
const BUSY_TIMEOUT = 5000

export interface Connection {
  db: Database.Database
  /** Why the library may only be read; null where it may be written. */
  readOnly: string | null
  close(): void
}

/**
 * Opens a library at the newest version; makes it, and its folder, where there is none. One of an older version is backed up and
 * then migrated. One that may not be written is opened for reading.
 */
export function openConnection(file: string, nativeBinding?: string): Connection {
  if (!existsSync(file)) createLibrary(file, nativeBinding)
  refuseStranger(file, NEWEST_VERSION, nativeBinding)
  try {
    const db = openToWrite(file, nativeBinding)
    return { db, readOnly: null, close: () => { db.close() } }
  } catch (error) {
    const { code, message } = asLibraryError(error)
    if (code !== 'read-only' && code !== 'cannot-open') throw error
    return { ...openForReading(file, nativeBinding), readOnly: message }
  }
}

/** In its place, or where SQLite may put no index of the log beside it, as a copy elsewhere. */
function openForReading(file: string, nativeBinding: string | undefined): Omit<Connection, 'readOnly'> {
  try {
    const db = openToRead(file, nativeBinding)
    return { db, close: () => { db.close() } }
  } catch (error) {
    if (asLibraryError(error).code !== 'cannot-open') throw error
    const copy = copyElsewhere(file)
    const db = openToRead(copy.file, nativeBinding)
    return { db, close: () => { db.close(); copy.remove() } }
  }
}

function openToWrite(file: string, nativeBinding: string | undefined): Database.Database {
  const db = new Database(file, { fileMustExist: true, timeout: BUSY_TIMEOUT, nativeBinding })
  try {
    configure(db)
    bringUpToDate(db, file, nativeBinding)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** @throws LibraryError where even that cannot be, or where the library would have to be migrated first */
function openToRead(file: string, nativeBinding: string | undefined): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT, nativeBinding })
  try {
    db.pragma('trusted_schema = OFF')
    // Read at once: it is here that a log without its index is found to be unreadable.
    const version = versionOf(db)
    if (version === NEWEST_VERSION) return db
    throw new LibraryError('read-only', `the library has version ${version} and may only be read, so it cannot be brought to version ${NEWEST_VERSION}`)
  } catch (error) {
    db.close()
    throw error
  }
}

/** What holds for every connection that writes. The first statement of these that writes tells whether it may. */
export function configure(db: Database.Database): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  // Writes and takes it back: a file that may only be read says so here.
  db.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${versionOf(db)}; ROLLBACK`)
}

function bringUpToDate(db: Database.Database, file: string, nativeBinding: string | undefined): void {
  if (versionOf(db) === NEWEST_VERSION) return
  backUpAtOnce(db, file, nativeBinding)
  db.pragma('foreign_keys = OFF')
  migrate(db)
  db.pragma('foreign_keys = ON')
  makeCompactable(db)
}

/** So that room can be given back piece by piece; a file that was made without is written anew once. */
function makeCompactable(db: Database.Database): void {
  const INCREMENTAL = 2
  if (db.pragma('auto_vacuum', { simple: true }) === INCREMENTAL) return
  db.pragma('auto_vacuum = INCREMENTAL')
  db.exec('VACUUM')
}

/** Made beside its place and then put there whole, so that no crash leaves half a library. */
function createLibrary(file: string, nativeBinding: string | undefined): void {
  if (existsSync(`${file}-wal`)) {
    throw new LibraryError('cannot-open', `the file is missing, but its write-ahead log is there (${file}-wal); bring the file back, or move the log away`)
  }
  mkdirSync(dirname(file), { recursive: true })
  const draft = draftOf(file)
  try {
    writeEmptyLibrary(draft, nativeBinding)
    putInPlace(draft, file)
  } catch (error) {
    // Another process was faster: the library is there.
    if (!existsSync(file)) throw error
  } finally {
    removeDraft(draft)
  }
}

/** A new library without runs, closed. */
export function writeEmptyLibrary(file: string, nativeBinding?: string): void {
  const db = new Database(file, { nativeBinding })
  try {
    db.pragma('auto_vacuum = INCREMENTAL')
    db.pragma(`application_id = ${APPLICATION_ID}`)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    migrate(db)
  } finally {
    db.close()
  }
}
