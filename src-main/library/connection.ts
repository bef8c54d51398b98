import Database from 'better-sqlite3'
import { existsSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { backUpAtOnce } from './backup.ts'
import { asLibraryError, LibraryError, readOnlyReason } from './error.ts'
import { createPrivately, draftOf, putInPlace, removeDraft } from './files.ts'
import { APPLICATION_ID, refuseForeignFile } from './identity.ts'
import { migrate, NEWEST_VERSION, versionOf } from './migrations/migrate.ts'
import { refuseLongPath } from './path-length.ts'
import { notWritable, openUpgradedReader } from './reading.ts'
import { refuseForeignSchema } from './schema.ts'
import { keepStatements } from './statements.ts'
import { releaseUnseen, unseenOwners } from './unseen-owners.ts'

/** How long to wait for another program's lock, ms. */
const BUSY_TIMEOUT = 5000

export interface Connection {
  db: Database.Database
  /** Why the library is read-only; null if it can be written. */
  readOnly: string | null
  close(): void
}

/**
 * Opens a library. Creates it and its folder if they do not exist. Backs up and then upgrades a library of an older version.
 * Opens a library that cannot be written for reading only.
 */
export function openConnection(file: string, nativeBinding?: string): Connection {
  refuseLongPath(file)
  if (!existsSync(file)) createLibrary(file, nativeBinding)
  refuseForeignFile(file, nativeBinding)
  const [obstacle] = notWritable(file)
  if (obstacle !== undefined) return openToRead(file, `The library is read-only, because ${obstacle} is not writable. ${MAKE_WRITABLE}`, nativeBinding)
  try {
    const db = openToWrite(file, nativeBinding)
    keepStatements(db)
    return { db, readOnly: null, close: () => { db.close() } }
  } catch (error) {
    const { code } = asLibraryError(error, file)
    if (code !== 'read-only' && code !== 'cannot-open') throw error
    return openToRead(file, readOnlyReason(error), nativeBinding)
  }
}

/** Opens a second connection to a library that this process has open for writing. It reads, also while the first one writes. */
export function openBeside(file: string, nativeBinding?: string): Connection {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT, nativeBinding })
  guard(db)
  keepStatements(db)
  return { db, close: () => { db.close() }, readOnly: 'This connection only reads.' }
}

const MAKE_WRITABLE = 'Make it writable to change the library.'

function openToRead(file: string, readOnly: string, nativeBinding: string | undefined): Connection {
  const { db, close } = openUpgradedReader(file, nativeBinding)
  return { db, close, readOnly }
}

function openToWrite(file: string, nativeBinding: string | undefined): Database.Database {
  const db = openWritable(file, nativeBinding)
  if (unseenOwners(db).length === 0) return db
  db.close()
  releaseUnseen(file, nativeBinding)
  return openWritable(file, nativeBinding)
}

function openWritable(file: string, nativeBinding: string | undefined): Database.Database {
  const db = new Database(file, { fileMustExist: true, timeout: BUSY_TIMEOUT, nativeBinding })
  try {
    guard(db)
    refuseForeignSchema(db, nativeBinding)
    configure(db)
    upgrade(db, file, nativeBinding)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Keeps a damaged file from doing harm. */
function guard(db: Database.Database): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('cell_size_check = ON')
}

/** Sets the pragmas of a writable connection. Throws if the file is read-only. */
export function configure(db: Database.Database): void {
  guard(db)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  // A write that is rolled back, so that a read-only file fails here.
  db.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${versionOf(db)}; ROLLBACK`)
}

function upgrade(db: Database.Database, file: string, nativeBinding: string | undefined): void {
  if (versionOf(db) === NEWEST_VERSION) return
  backUpAtOnce(db, file, nativeBinding)
  migrate(db)
  makeCompactable(db)
}

/** Turns on incremental vacuum, so that a compaction can free space in steps. Rewrites an older file once. */
function makeCompactable(db: Database.Database): void {
  const INCREMENTAL = 2
  if (db.pragma('auto_vacuum', { simple: true }) === INCREMENTAL) return
  db.pragma('auto_vacuum = INCREMENTAL')
  db.exec('VACUUM')
}

/** Creates a library as a draft and then moves it to its path, so that a crash never leaves half a library. */
function createLibrary(file: string, nativeBinding: string | undefined): void {
  if (existsSync(`${file}-wal`)) {
    throw new LibraryError('cannot-open', `The library file is missing, but its write-ahead log exists (${file}-wal). `
      + 'Put the library file back, or move the log away to start a new library.')
  }
  const draft = draftOf(file)
  refuseLongPath(file, draft)
  mkdirSync(dirname(file), { recursive: true })
  try {
    writeEmptyLibrary(draft, nativeBinding)
    putInPlace(draft, file)
  } catch (error) {
    // If the file exists now, another process has just created the library.
    if (!existsSync(file)) throw error
  } finally {
    removeDraft(draft)
  }
}

/** Creates an empty library and closes it. */
export function writeEmptyLibrary(file: string, nativeBinding?: string): void {
  createPrivately(file)
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
