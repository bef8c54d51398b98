import { FileError } from '../contract/file-error.ts'
import { BadInput, type Problem } from '../contract/problem.ts'
import type { EpochMetrics, StoredOverview } from '../contract/run.ts'
import type { Arm } from '../contract/sweep.ts'
import { LibraryError, type LibraryErrorCode, type ReadArray } from '../library/library.ts'
import type { ExportFormat } from '../transfer/export.ts'

export interface ExportTask {
  runIds: string[]
  format: ExportFormat
  dir: string
  application: string
  /** One Int32, a `Phase`. */
  phase: SharedArrayBuffer
}

/** An export is cancelled or gives its files their names, whichever comes first. */
export const Phase = { writing: 0, placing: 1, cancelled: 2 } as const

/** What the worker asks of the library, and the answers. */
export interface Asks {
  overview: { args: [runId: string]; answer: StoredOverview }
  /** Begins to read epochs. Answers the number of the stream. */
  epochs: { args: [runId: string]; answer: number }
  /** Further epochs of a stream; null at its end. */
  next: { args: [stream: number]; answer: EpochMetrics[] | null }
  array: { args: [runId: string, epoch: number, kind: string, name: string]; answer: ReadArray }
  armsOf: { args: [sweepId: string]; answer: readonly Arm[] }
}
export type AskName = keyof Asks
export type Ask = { [Name in AskName]: { kind: 'ask'; id: number; name: Name; args: Asks[Name]['args'] } }[AskName]

export type FromExport =
  | Ask
  | { kind: 'draft'; draft: string; exists: boolean }
  | { kind: 'done'; runs: number }
  | { kind: 'written'; files: string[] }
  | { kind: 'failed'; error: SentError }

export type ToExport =
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'refused'; id: number; error: SentError }

/** An error between threads, which would lose its class and its code. */
export interface SentError {
  name: string
  message: string
  code: string | null
  problems: Problem[]
}

export function sent(error: unknown): SentError {
  const { name, message } = error instanceof Error ? error : new Error(String(error))
  const code = error instanceof Error && 'code' in error ? String(error.code) : null
  return { name, message, code, problems: error instanceof BadInput ? error.problems : [] }
}

export function received({ name, message, code, problems }: SentError): Error {
  if (name === 'BadInput') return Object.assign(new BadInput('', problems), { message })
  if (name === 'LibraryError') return new LibraryError(code as LibraryErrorCode, message)
  if (name === 'FileError') return new FileError(code as FileError['code'], message)
  return Object.assign(new Error(message), code === null ? {} : { code })
}
