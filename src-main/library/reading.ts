import Database from 'better-sqlite3'
import { accessSync, constants, existsSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { asLibraryError, LibraryError } from './error.ts'
import { copyElsewhere } from './files.ts'
import { readHeader } from './header.ts'
import { refuseForeignSchema } from './schema.ts'
import { migrate, NEWEST_VERSION, versionOf } from './migrations/migrate.ts'

/** A connection that only reads. */
export interface Reader {
  db: Database.Database
  close(): void
}

/** What must be writable to change a library and is not: its folder, the file, its log or the log's index. */
export function notWritable(file: string): string[] {
  const real = realpathSync(file)
  return [dirname(real), real, `${real}-wal`, `${real}-shm`].filter((part) => existsSync(part) && !isWritable(part))
}

function isWritable(place: string): boolean {
  try {
    accessSync(place, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Opens a library of any version to read it, and leaves nothing behind. Reading in place may create a log and its index beside the file.
 * If these belonged to a reader who may not write the library, its owner could not write it either. Then a temporary copy is read.
 */
export function openReader(file: string, nativeBinding?: string): Reader {
  const how = howToRead(realpathSync(file))
  if (how === 'copy') return openCopy(file, nativeBinding)
  const db = new Database(file, { readonly: how === 'read-only', fileMustExist: true, nativeBinding })
  try {
    guard(db)
    // SQLite opens the log only at the first read.
    versionOf(db)
  } catch (error) {
    if (!mayNotOpen(error)) return { db, close: () => { db.close() } }
    db.close()
    return openCopy(file, nativeBinding)
  }
  return { db, close: () => { db.close() } }
}

/** Like `openReader`, with exactly the tables of the newest version. Upgrades a copy of an older library. */
export function openUpgradedReader(file: string, nativeBinding?: string): Reader {
  const reader = openReader(file, nativeBinding)
  const version = closedOnError(reader, (db) => {
    const found = versionOf(db)
    if (found <= NEWEST_VERSION) refuseForeignSchema(db, nativeBinding)
    return found
  })
  if (version === NEWEST_VERSION) return reader
  reader.close()
  if (version > NEWEST_VERSION) throw newerError(version)
  const copy = openCopy(file, nativeBinding)
  closedOnError(copy, (db) => {
    db.pragma('query_only = OFF')
    migrate(db)
    db.pragma('query_only = ON')
  })
  return copy
}

export const newerError = (version: number) => new LibraryError('newer', `The library has version ${version}, but this application supports `
  + `only versions up to ${NEWEST_VERSION}. Update the application.`)

function closedOnError<Result>({ db, close }: Reader, use: (db: Database.Database) => Result): Result {
  try {
    return use(db)
  } catch (error) {
    close()
    throw error
  }
}

/**
 * How to read a file without a trace. A connection that writes removes the log and its index when it is closed. A read-only connection
 * does not, and creates them if they do not exist.
 */
function howToRead(real: string): 'read-only' | 'query-only' | 'copy' {
  const isMine = notWritable(real).length === 0
  if (existsSync(`${real}-wal`)) return isMine || existsSync(`${real}-shm`) ? 'read-only' : 'copy'
  if (!readHeader(real).usesLog) return 'read-only'
  return isMine ? 'query-only' : 'copy'
}

function openCopy(file: string, nativeBinding?: string): Reader {
  const copy = copyToRead(realpathSync(file))
  try {
    const db = new Database(copy.file, { fileMustExist: true, nativeBinding })
    guard(db)
    return { db, close: () => { db.close(); copy.remove() } }
  } catch (error) {
    copy.remove()
    throw error
  }
}

function copyToRead(real: string): ReturnType<typeof copyElsewhere> {
  try {
    return copyElsewhere(real)
  } catch (error) {
    if (asLibraryError(error).code !== 'disk-full') throw error
    throw new LibraryError('disk-full', `The library cannot be read where it is, and ${tmpdir()} has no space for a copy of it. `
      + 'Free some disk space, or set TMPDIR to a folder with more space.')
  }
}

function guard(db: Database.Database): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('query_only = ON')
}

const mayNotOpen = (error: unknown) => ['cannot-open', 'read-only'].includes(asLibraryError(error).code)
