import { CommanderError } from 'commander'
import { BadInput, FileError, LibraryError, worded } from '../app/errors.ts'
import { Interrupted } from './interruption.ts'

/**
 * Exit codes. DONE: all that was asked for is done. FAILED: a run failed or is not finished, or a check did not pass.
 * BAD_INPUT: the command or its input was invalid. A signal adds its own, see interruption.ts.
 */
export const DONE = 0
export const FAILED = 1
export const BAD_INPUT = 2

export interface Failure {
  exitCode: number
  code: string
  message: string
  problems?: BadInput['problems']
}

/** Library errors that the user can fix by changing the command. */
const inputErrors: LibraryError['code'][] = ['empty-file', 'not-a-database', 'foreign', 'newer', 'cannot-open', 'no-run', 'bad-request', 'busy']

/** The command to try after an error of the library. */
const hints: Partial<Record<LibraryError['code'], string>> = {
  'no-run': 'List runs with: chalcogen list',
  'damaged': 'Check the library with: chalcogen check',
  'not-a-database': 'List backups with: chalcogen restore',
  'disk-full': 'Free the space of deleted runs with: chalcogen compact',
}

/** Convert anything thrown to a message and an exit code. */
export function failureOf(thrown: unknown): Failure {
  const error = worded(thrown)
  if (error instanceof CommanderError) return { exitCode: BAD_INPUT, code: 'bad-usage', message: error.message }
  if (error instanceof BadInput) {
    return { exitCode: BAD_INPUT, code: 'bad-input', message: error.message, problems: error.problems }
  }
  if (error instanceof LibraryError) {
    const message = [error.message, hints[error.code] ?? []].flat().join('\n')
    return { exitCode: inputErrors.includes(error.code) ? BAD_INPUT : FAILED, code: error.code, message }
  }
  if (error instanceof FileError) return { exitCode: FAILED, code: error.code, message: error.message }
  if (error instanceof Interrupted) return { exitCode: FAILED, code: 'interrupted', message: error.message }
  return { exitCode: FAILED, code: 'failed', message: error instanceof Error ? error.message : String(error) }
}
