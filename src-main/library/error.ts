import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { counted } from '../../src-engine/format/words.ts'

/** Codes of library errors. */
export const libraryErrorCodes = [
  /** The file is empty. It may have been anything, so it is not overwritten. */
  'empty-file',
  'not-a-database',
  /** A database of another application. */
  'foreign',
  /** Written by a newer version of this application. */
  'newer',
  'cannot-open',
  /** Another program holds the lock for longer than the timeout. */
  'locked',
  'disk-full',
  'read-only',
  'no-run',
  'no-array',
  'no-preset',
  'no-figure',
  'no-view',
  /** A document refers to samples that the library does not have. */
  'no-samples',
  /** The run has the wrong status for the request, or another long task is running. */
  'busy',
  /** A resumed run computed an epoch again with a different result. */
  'not-reproduced',
  /** The user cancelled a long task. */
  'cancelled',
  /** Stored data differs from what was written. */
  'damaged',
  /** The worker received a request outside its protocol. */
  'bad-request',
  'closed',
  'worker-ended',
  'failed',
] as const

export type LibraryErrorCode = (typeof libraryErrorCodes)[number]

export class LibraryError extends Error {
  readonly code: LibraryErrorCode
  constructor(code: LibraryErrorCode, message: string) {
    super(message)
    this.name = 'LibraryError'
    this.code = code
  }
}

export const isDamage = (error: unknown): error is LibraryError => error instanceof LibraryError && error.code === 'damaged'

/**
 * Reports that some of many runs are damaged and were left out.
 * @param done what was done with the others: 'imported'
 */
export function leftOut(damages: readonly LibraryError[], all: number, done: string): LibraryError {
  const [first, ...others] = damages
  const more = others.length > 0 ? ` ${counted(others.length, 'more run')} cannot be read.` : ''
  const whole = all - damages.length
  return new LibraryError('damaged', `${whole} of ${counted(all, 'run')} ${whole === 1 ? 'was' : 'were'} ${done}. ${first!.message}${more}`)
}

/**
 * Converts any error of SQLite or the file system to a LibraryError: what happened, the cause in parentheses, what to do.
 * @param file the library, whose folder tells causes that SQLite reports alike apart
 */
export function asLibraryError(error: unknown, file?: string): LibraryError {
  if (error instanceof LibraryError) return error
  const [, code, fact, advice] = causeOf(error, file)
  return new LibraryError(code, `${fact} (${detailOf(error)}). ${advice}`)
}

function causeOf(error: unknown, file: string | undefined): Cause {
  const cause = causes.find(([pattern]) => pattern.test(codeOf(error))) ?? unknownCause
  if (file === undefined) return cause
  const [, code] = cause
  if (code === 'cannot-open' && isFull(dirname(file))) return full
  return code === 'damaged' && !existsSync(`${file}-wal`) ? withoutLog : cause
}

/** Whether a folder that may be written has no room for another file. SQLite reports this as a file that it cannot open. */
function isFull(folder: string): boolean {
  try {
    // A disk that is always read-only, such as a DVD, has no free space either.
    accessSync(folder, constants.W_OK)
    const { bavail, ffree, files } = statfsSync(folder)
    return bavail === 0 || (files > 0 && ffree === 0)
  } catch {
    return false
  }
}

/** Why a library is read-only, from the error of opening it for writing. */
export const readOnlyReason = (error: unknown): string =>
  (error instanceof LibraryError ? error.message : `The library is read-only (${detailOf(error)}). ${MAKE_WRITABLE}`)

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** SQLite's messages do not name the code, and the system's do. */
function detailOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return [message.startsWith(codeOf(error)) ? '' : codeOf(error), message].filter(Boolean).join(': ')
}

const MAKE_WRITABLE = 'Make the file and its folder writable to change it.'

type Cause = [pattern: RegExp, code: LibraryErrorCode, fact: string, advice: string]

const full: Cause = [/^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC)/, 'disk-full', 'The disk is full', 'Free some disk space to continue.']

const withoutLog: Cause = [
  /^/, 'damaged', 'The library file is damaged',
  'If it was copied here, its log may be missing: copy the file that ends in -wal too. Otherwise check and repair the library, or restore a backup.',
]

// The advice must make sense both for a failed action and for a run that waits and retries automatically.
const causes: Cause[] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'locked', 'The library is locked by another program', 'Close that program to continue.'],
  full,
  [
    /^(SQLITE_IOERR_(WRITE|FSYNC|DIR_FSYNC|TRUNCATE)|EDQUOT)/, 'disk-full', 'The disk is full, its quota is used up, or it is failing',
    'Free some disk space to continue.',
  ],
  [/^(SQLITE_READONLY|EROFS)/, 'read-only', 'The library is read-only', MAKE_WRITABLE],
  [/^SQLITE_NOTADB/, 'not-a-database', 'The file is not an SQLite database', 'Choose a library file.'],
  [/^SQLITE_CORRUPT/, 'damaged', 'The library file is damaged', 'Check and repair the library, or restore a backup.'],
  [
    /^(SQLITE_CANTOPEN|EACCES|EPERM|EISDIR|ENOTDIR|EEXIST|ENOENT|ENAMETOOLONG)/, 'cannot-open', 'The library could not be opened',
    'Check its path and permissions.',
  ],
]
const unknownCause: Cause = [/^/, 'failed', 'The library reported an error', 'If it happens again, restart the application.']
