import type Database from 'better-sqlite3'
import * as z from 'zod'
import type { ArrayRow } from './arrays.ts'
import { dataOf, INFO } from './arrays.ts'
import { backupsOf } from './backups.ts'
import { refreshSummary } from './epochs.ts'
import { Outcomes } from './outcomes.ts'
import { asLibraryError } from './error.ts'
import { write } from './operation.ts'
import { type Fault, faultSchema } from './protocol.ts'
import { openReader, type Reader } from './reading.ts'

/**
 * Repairs the faults that can be repaired without losing data:
 * - restores an array from the newest backup that has it undamaged;
 * - deletes a damaged checkpoint, so that the one before it is used;
 * - recalculates listed metrics.
 * @returns what was done for each fault; null if it could not be repaired
 */
export function repair(db: Database.Database, file: string, faults: readonly Fault[], nativeBinding?: string): (string | null)[] {
  return faults.map((fault) => repairOne(db, file, fault, nativeBinding))
}

function repairOne(db: Database.Database, file: string, fault: Fault, nativeBinding?: string): string | null {
  try {
    switch (fault.kind) {
      case 'array': return fault.array && fault.runId ? restoreArray(db, file, fault.runId, fault.array, nativeBinding) : null
      case 'checkpoint': return fault.checkpoint !== null && fault.runId ? dropCheckpoint(db, fault.runId, fault.checkpoint) : null
      case 'summary': return fault.runId ? recalculate(db, fault.runId) : null
      default: return null
    }
  } catch (error) {
    // Another fault of the same run, such as a spec that is no JSON, may keep this one from being repaired.
    if (asLibraryError(error).code !== 'failed') throw error
    return null
  }
}

function restoreArray(
  db: Database.Database, file: string, runId: string, { epoch, kind, name }: NonNullable<Fault['array']>, nativeBinding?: string,
): string | null {
  const place = [runId, epoch, kind, name]
  const wanted = db.prepare('SELECT sha256 FROM arrays WHERE run_id = ? AND epoch = ? AND kind = ? AND name = ?').pluck().get(place)
  for (const backup of backupsOf(file)) {
    const row = rowOfBackup(backup.file, place, nativeBinding)
    if (!row || row.sha256 !== wanted || !dataOf(row)) continue
    db.prepare('UPDATE arrays SET codec = ?, shape = ?, packing = ?, data = ? WHERE run_id = ? AND epoch = ? AND kind = ? AND name = ?')
      .run(row.codec, row.shape, row.packing, row.data, ...place)
    return `Restored from the backup of ${backup.madeAt}.`
  }
  return null
}

/** Reads an array's row from a backup; undefined if the backup does not have it or cannot be read. */
function rowOfBackup(file: string, place: unknown[], nativeBinding?: string): ArrayRow | undefined {
  let reader: Reader | null = null
  try {
    reader = openReader(file, nativeBinding)
    const { db } = reader
    const hasPacking = (db.pragma('table_info(arrays)') as { name: string }[]).some(({ name }) => name === 'packing')
    return db.prepare<unknown[], ArrayRow>(`
      SELECT ${INFO}, ${hasPacking ? 'packing' : `'raw' AS packing`}, data FROM arrays WHERE run_id = ? AND epoch = ? AND kind = ? AND name = ?
    `).get(...place)
  } catch {
    return undefined
  } finally {
    reader?.close()
  }
}

function dropCheckpoint(db: Database.Database, runId: string, sequences: number): string {
  db.prepare('DELETE FROM checkpoints WHERE run_id = ? AND sequences = ?').run(runId, sequences)
  const left = db.prepare('SELECT max(sequences) FROM checkpoints WHERE run_id = ?').pluck().get(runId)
  return `Deleted this checkpoint. The run can be resumed from ${left === null ? 'the start' : `the checkpoint after sequence ${left}`}.`
}

function recalculate(db: Database.Database, runId: string): string {
  refreshSummary(db, runId)
  if (db.prepare('SELECT status FROM runs WHERE run_id = ?').pluck().get(runId) === 'done') new Outcomes(db).judge(runId)
  return 'Recalculated from the epochs.'
}

export const repairOperations = {
  /** What was done for each fault; null if it could not be repaired. */
  repair: write([z.array(faultSchema)], ({ db, file, nativeBinding }, faults) => repair(db, file, faults, nativeBinding)),
}
