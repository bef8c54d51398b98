import { CommanderError } from 'commander'
import { BadInput, LibraryError } from '../app/errors.ts'

/** Exit codes. FAILED: a run failed or was stopped, or a check did not pass. BAD_INPUT: the command or its input was invalid. */
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

/** Convert anything thrown to a message and an exit code. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) return { exitCode: BAD_INPUT, code: 'bad-usage', message: error.message }
  if (error instanceof BadInput) {
    return { exitCode: BAD_INPUT, code: 'bad-input', message: error.message, problems: error.problems }
  }
  if (error instanceof LibraryError) {
    return { exitCode: inputErrors.includes(error.code) ? BAD_INPUT : FAILED, code: error.code, message: error.message }
  }
  return { exitCode: FAILED, code: 'failed', message: error instanceof Error ? error.message : String(error) }
}
