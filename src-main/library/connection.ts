import Database from 'better-sqlite3'
import { existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { LibraryError } from './error.ts'
import { APPLICATION_ID, refuseStranger } from './identity.ts'
import { migrate, NEWEST_VERSION } from './migrations/migrate.ts'
import { newRunId } from './run-id.ts'

/** Milliseconds to wait for another program's lock. */
const BUSY_TIMEOUT = 5000

/** Opens a library for writing, at the newest version; makes it, and its folder, where there is none. */
export function openConnection(file: string, nativeBinding?: string): Database.Database {
  if (!existsSync(file)) createLibrary(file, nativeBinding)
  refuseStranger(file, NEWEST_VERSION, nativeBinding)
  const db = new Database(file, { fileMustExist: true, timeout: BUSY_TIMEOUT, nativeBinding })
  try {
    configure(db)
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

function configure(db: Database.Database): void {
  db.pragma('trusted_schema = OFF')
  db.pragma('foreign_keys = ON')
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
}

/** Made beside its place and then put there whole, so that no crash leaves half a library. */
function createLibrary(file: string, nativeBinding: string | undefined): void {
  if (existsSync(`${file}-wal`)) {
    throw new LibraryError('cannot-open', `the file is missing, but its write-ahead log is there (${file}-wal); bring the file back, or move the log away`)
  }
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${newRunId()}`
  try {
    const db = new Database(draft, { nativeBinding })
    db.pragma(`application_id = ${APPLICATION_ID}`)
    configure(db)
    migrate(db)
    db.close()
    putInPlace(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** A link, unlike a rename, never replaces what another process has just made there. */
function putInPlace(draft: string, file: string): void {
  try {
    linkSync(draft, file)
  } catch (error) {
    if (existsSync(file)) return
    if (!noHardLinks.has((error as NodeJS.ErrnoException).code ?? '')) throw error
    renameSync(draft, file)
  }
}

const noHardLinks = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])
