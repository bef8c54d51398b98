import Database from 'better-sqlite3'
import type { ArrayRow } from './arrays.ts'
import { dataOf, INFO } from './arrays.ts'
import { backupsOf } from './backups.ts'
import { refreshSummary } from './epochs.ts'
import type { Fault } from './protocol.ts'

/**
 * Mends what a check found, where that can be done without losing anything: an array comes back from the newest backup that holds
 * it whole, a damaged checkpoint goes (the one before is used), numbers of the list are worked out again.
 * @returns for each fault what was done; null where nothing could be
 */
export function repair(db: Database.Database, file: string, faults: readonly Fault[], nativeBinding?: string): (string | null)[] {
  return faults.map((fault) => {
    switch (fault.kind) {
      case 'array': return fault.array && fault.runId ? restoreArray(db, file, fault.runId, fault.array, nativeBinding) : null
      case 'checkpoint': return fault.checkpoint !== null && fault.runId ? dropCheckpoint(db, fault.runId, fault.checkpoint) : null
      case 'summary': return fault.runId ? workOutAgain(db, fault.runId) : null
      default: return null
    }
  })
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
    return `restored from the backup of ${backup.madeAt}`
  }
  return null
}

/** Undefined where the backup does not have it, or cannot be read. */
function rowOfBackup(file: string, place: unknown[], nativeBinding?: string): ArrayRow | undefined {
  let db: Database.Database | null = null
  try {
    db = new Database(file, { readonly: true, fileMustExist: true, nativeBinding })
    const hasPacking = (db.pragma('table_info(arrays)') as { name: string }[]).some(({ name }) => name === 'packing')
    return db.prepare<unknown[], ArrayRow>(`
      SELECT ${INFO}, ${hasPacking ? 'packing' : `'raw' AS packing`}, data FROM arrays WHERE run_id = ? AND epoch = ? AND kind = ? AND name = ?
    `).get(...place)
  } catch {
    return undefined
  } finally {
    db?.close()
  }
}

function dropCheckpoint(db: Database.Database, runId: string, sequences: number): string {
  db.prepare('DELETE FROM checkpoints WHERE run_id = ? AND sequences = ?').run(runId, sequences)
  const left = db.prepare('SELECT max(sequences) FROM checkpoints WHERE run_id = ?').pluck().get(runId)
  return left === null ? 'dropped; the run can be resumed from the start' : `dropped; the run can be resumed from the one after sequence ${left}`
}

function workOutAgain(db: Database.Database, runId: string): string {
  refreshSummary(db, runId)
  return 'worked out again'
}
