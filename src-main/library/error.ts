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
