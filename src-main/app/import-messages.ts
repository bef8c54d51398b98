import type { ImportedRun } from '../library/library.ts'
import type { SentError } from './export-messages.ts'

export interface ReadingTask {
  file: string
  format: 'archive' | 'library'
  /** Where a library is copied before it is read. */
  folder: string
  /** Whether epochs and arrays are wanted too. They are checked in any case. */
  whole: boolean
}

/** A run of the file, or why it cannot be used; of no run for another file of a crate. */
export type ReadRun = { run: ImportedRun } | { runId: string | null; damage: SentError }

/** Each entry waits for an answer, so at most one run is in memory. */
export type FromReader =
  | { kind: 'entry'; entry: ReadRun; done: number; total: number }
  | { kind: 'read' }
  | { kind: 'failed'; error: SentError }

export type ToImport = 'next' | 'cancel'
