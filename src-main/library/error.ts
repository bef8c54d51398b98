/** Why the library refused. */
export const libraryErrorCodes = [
  /** The file is there but empty: nobody knows what it was, so it is left alone. */
  'empty-file',
  'not-a-database',
  /** A database, but of another application. */
  'foreign',
  /** Written by a newer version of this application. */
  'newer',
  'cannot-open',
  /** Another program kept it locked for longer than we wait. */
  'locked',
  'disk-full',
  'read-only',
  'no-run',
  'no-array',
  'no-preset',
  /** A run is not in the state that the question needs. */
  'busy',
  /** A resumed run came by an epoch again and found other numbers there. */
  'not-reproduced',
  /** A long task was ended by the user. */
  'cancelled',
  /** What was read is not what was written. */
  'damaged',
  /** The worker was sent something outside its protocol. */
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

/** Whatever SQLite or the file system threw, as an error with one of our codes. */
export function asLibraryError(error: unknown): LibraryError {
  if (error instanceof LibraryError) return error
  const cause = error instanceof Error && 'code' in error ? String(error.code) : ''
  const message = error instanceof Error ? error.message : String(error)
  const [, code, words] = causes.find(([pattern]) => pattern.test(cause)) ?? [null, 'failed' as const, 'the library failed']
  return new LibraryError(code, `${words} (${[cause, message].filter(Boolean).join(': ')})`)
}

const causes: [RegExp, LibraryErrorCode, string][] = [
  [/^SQLITE_(BUSY|LOCKED)/, 'locked', 'another program keeps the library locked; close it and try again'],
  [/^(SQLITE_FULL|SQLITE_IOERR_SHMSIZE|ENOSPC|EDQUOT)/, 'disk-full', 'there is no room left on the disk'],
  [/^(SQLITE_READONLY|EROFS)/, 'read-only', 'the library may only be read'],
  [/^SQLITE_NOTADB/, 'not-a-database', 'the file is no SQLite database'],
  [/^SQLITE_CORRUPT/, 'damaged', 'the library is damaged'],
  [/^(SQLITE_CANTOPEN|EACCES|EPERM|EISDIR|ENOTDIR|EEXIST|ENOENT)/, 'cannot-open', 'the library cannot be opened'],
]
