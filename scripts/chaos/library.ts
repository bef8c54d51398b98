import Database from 'better-sqlite3'
import { existsSync } from 'node:fs'

/** What is compared of a run, and what tells runs apart. */
export interface StoredRun {
  runId: string
  sweepId: string | null
  arm: number | null
  seed: number
  status: string
  digest: string | null
  outcome: string | null
  epochsDone: number
  loss: number | null
  error: string | null
}

/** The runs of a library, read without Chalcogen, so that nothing changes; none if it does not exist yet. */
export function readRuns(library: string): StoredRun[] {
  if (!existsSync(library)) return []
  const db = new Database(library, { readonly: true })
  try {
    return db.prepare<[], StoredRun>(`
      SELECT run_id AS runId, sweep_id AS sweepId, arm, seed, status, digest, outcome, epochs_done AS epochsDone, loss_last_20 AS loss,
        error_message AS error
      FROM runs ORDER BY arm, seed, rowid
    `).all()
  } finally {
    db.close()
  }
}

/** Whether a run has done all it can: it is finished, or its sweep stopped it early. */
export const isComplete = ({ status, error }: StoredRun): boolean =>
  status === 'done' || (status === 'stopped' && error?.startsWith('Stopped early') === true)
