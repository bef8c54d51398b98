import type { Database } from 'better-sqlite3'
import type { RunStatus } from '../contract/run.ts'
import { Arrays } from './arrays.ts'
import { canonicalJson } from './canonical-json.ts'
import { Epochs } from './epochs.ts'
import type { ImportedRun } from './protocol.ts'

/**
 * Takes in a run of another library, whole or not at all.
 * @returns false where a run of that id is here already: it stays as it is
 */
export function importRun(db: Database, { summary, spec, environment, epochs, arrays }: ImportedRun): boolean {
  const { runId, createdAt, startedAt, endedAt, sequences, secondsPerSequence, digest, error } = summary
  const insert = db.prepare(`
    INSERT INTO runs (
      run_id, status, created_at, queued_at, started_at, ended_at, sequences, seconds_per_sequence, digest,
      error_code, error_message, environment, spec
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
  `)
  return db.transaction(() => {
    const { changes } = insert.run(
      runId, atRest(summary.status), createdAt, createdAt, startedAt, endedAt, sequences, secondsPerSequence, digest,
      error?.code ?? null, error?.message ?? null, canonicalJson(environment), canonicalJson(spec),
    )
    if (changes === 0) return false
    new Epochs(db).append(runId, epochs)
    const kept = new Arrays(db)
    for (const { epoch, ...array } of arrays) kept.put(runId, epoch, [array])
    return true
  })()
}

/** Its checkpoints stayed behind: what had not ended can be resumed from the start. */
const atRest = (status: RunStatus): RunStatus => (status === 'queued' || status === 'running' || status === 'paused' ? 'interrupted' : status)
