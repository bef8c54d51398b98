/** Why a file outside the library could not be used. */
export class FileError extends Error {
  readonly code: 'disk-full' | 'read-only' | 'no-permission' | 'name-too-long' | 'failed'
  constructor(code: FileError['code'], message: string) {
    super(message)
    this.name = 'FileError'
    this.code = code
  }
}

type Cause = [pattern: RegExp, code: FileError['code'], fact: string, advice: string]

const causes: Cause[] = [
  [/^ENOSPC$/, 'disk-full', 'The disk is full', 'Free some disk space, or choose another folder.'],
  [/^EDQUOT$/, 'disk-full', 'The disk is full: your quota is used up', 'Free some disk space, or choose another folder.'],
  [/^EROFS$/, 'read-only', 'The disk is read-only', 'Choose another folder.'],
  [/^(EACCES|EPERM)$/, 'no-permission', 'Permission denied', 'Choose another folder, or change the permissions of this one.'],
  [/^ENAMETOOLONG$/, 'name-too-long', 'The path or a name in it is too long', 'Choose a shorter folder and a name of at most 255 bytes.'],
]

/** A failed write of a file: what happened, where, the system's own words in parentheses, what to do. */
export function writeError(error: unknown, file: string): unknown {
  if (!isOfSystem(error)) return error
  const [, code, fact, advice] = causes.find(([pattern]) => pattern.test(error.code)) ?? unknownCause
  return new FileError(code, `${fact}. ${file} was not written (${error.message}). ${advice}`)
}

const unknownCause: Cause = [/^/, 'failed', 'The file could not be written', 'Check the folder, or choose another one.']

/** Any error that reaches the user: one of the system that has words of ours gets them, any other stays as it is. */
export function worded(error: unknown): unknown {
  if (!isOfSystem(error)) return error
  const cause = causes.find(([pattern]) => pattern.test(error.code))
  if (!cause) return error
  const [, code, fact, advice] = cause
  return new FileError(code, `${fact} (${error.message}). ${advice}`)
}

/** Whether the operating system reported the error, which names it by a code such as ENOSPC. */
const isOfSystem = (error: unknown): error is Error & { code: string } =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^E[A-Z0-9]+$/.test(error.code)
