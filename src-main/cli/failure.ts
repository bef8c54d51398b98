import { CommanderError } from 'commander'
import { BadInput, LibraryError } from '../app/errors.ts'

/** How the process ends: a run that failed or was stopped, or a check that did not pass, is FAILED. */
export const DONE = 0
export const FAILED = 1
export const BAD_INPUT = 2

export interface Failure {
  exitCode: number
  code: string
  message: string
  problems?: BadInput['problems']
}

const inputsFault: LibraryError['code'][] = ['empty-file', 'not-a-database', 'foreign', 'newer', 'cannot-open', 'no-run', 'bad-request', 'busy']

/** Whatever was thrown, as a message and an exit code. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) return { exitCode: BAD_INPUT, code: 'bad-usage', message: error.message }
  if (error instanceof BadInput) {
    return { exitCode: BAD_INPUT, code: 'bad-input', message: error.message, problems: error.problems }
  }
  if (error instanceof LibraryError) {
    return { exitCode: inputsFault.includes(error.code) ? BAD_INPUT : FAILED, code: error.code, message: error.message }
  }
  return { exitCode: FAILED, code: 'failed', message: error instanceof Error ? error.message : String(error) }
}
