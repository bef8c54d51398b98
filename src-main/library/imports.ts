import type { Database } from 'better-sqlite3'
import type { RunStatus } from '../contract/run.ts'
import { Annotations } from './annotations.ts'
import { Arrays } from './arrays.ts'
import { Epochs } from './epochs.ts'
import { Outcomes } from './outcomes.ts'
import { write } from './operation.ts'
import { type ImportedRun, importedRunSchema } from './protocol.ts'
import { ParameterIndex } from './query/parameter-index.ts'
import { KeptSignals } from './samples.ts'
import { inTransaction } from './transaction.ts'

/**
 * Imports a run of another library, completely or not at all.
 * @returns false if the library already has a run with this id, which stays unchanged
 */
export function importRun(db: Database, { summary, texts, samples, epochs, arrays }: ImportedRun): boolean {
  const { runId, createdAt, startedAt, endedAt, sequences, secondsPerSequence, digest, error, ...more } = summary
  const { secondsComputed, annotation } = more
  const insert = db.prepare(`
    INSERT INTO runs (
      run_id, status, created_at, queued_at, started_at, ended_at, sequences, seconds_per_sequence, digest,
      error_code, error_message, environment, spec, samples, computed_seconds
    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
  `)
  return inTransaction(db, () => {
    const signals = new KeptSignals(db)
    const kept = samples && signals.put(samples)
    const { changes } = insert.run(
      runId, importedStatus(summary.status), createdAt, createdAt, startedAt, endedAt, sequences, secondsPerSequence, digest,
      error?.code ?? null, error?.message ?? null, texts.environment, texts.spec, kept?.sha256 ?? null, secondsComputed,
    )
    if (changes === 0) {
      signals.drop()
      return false
    }
    db.prepare('INSERT INTO unverified (run_id) VALUES (?)').run(runId)
    new Epochs(db).append(runId, epochs)
    const store = new Arrays(db)
    for (const { epoch, ...array } of arrays) store.put(runId, epoch, [array])
    new ParameterIndex(db).putTexts(runId, texts)
    if (annotation) new Annotations(db).put(runId, annotation)
    // Judged here, like the listed metrics, because a file from outside may claim any outcome.
    if (summary.status === 'done') new Outcomes(db).judge(runId)
    return true
  })
}

/** Checkpoints are not imported, so a run that had not ended is interrupted and can be resumed from the start. */
const importedStatus = (status: RunStatus): RunStatus => (status === 'queued' || status === 'running' || status === 'paused' ? 'interrupted' : status)

export const importOperations = {
  /** Resolves to false if the library already has a run with this id. */
  importRun: write([importedRunSchema], ({ db }, run) => importRun(db, run)),
}
