import Database from 'better-sqlite3'
import * as z from 'zod'
import { type ArrayRow, dataOf, describeArray, INFO } from './arrays.ts'
import { Epochs } from './epochs.ts'
import { isDamage, leftOut, LibraryError } from './error.ts'
import { copyElsewhere, isSameFile } from './files.ts'
import { refuseForeignFile } from './identity.ts'
import { importRun } from './imports.ts'
import { lastMetricsOf } from './last-metrics.ts'
import { yieldToEvents, type LongTask } from './long-task.ts'
import { migrate, migrateTo, versionOf } from './migrations/migrate.ts'
import { write } from './operation.ts'
import { type Imported, importedRunSchema, type ImportedRun } from './protocol.ts'
import type { Texts } from './stored-texts.ts'
import { type StoredRow, summaryOf, summaryQuery } from './summary.ts'

/**
 * Reads every run of another library. The file is not trusted: a copy is read, and each row must pass its schema.
 * @param own the open library, which must not be read as a file
 * @throws LibraryError if the file is `own` or not a library, or, after all other runs were taken, if a run is damaged
 */
export async function importLibrary(
  file: string, own: string, take: (run: ImportedRun) => void, task: LongTask, nativeBinding?: string,
): Promise<void> {
  if (isSameFile(file, own)) throw new LibraryError('cannot-open', 'This file is the open library itself. Choose another library or an archive.')
  refuseForeignFile(file, nativeBinding)
  const copy = copyElsewhere(file)
  try {
    const db = openGuarded(copy.file, nativeBinding)
    try {
      await readAll(db, take, task)
    } finally {
      db.close()
    }
  } finally {
    copy.remove()
  }
}

/** Opens a copy: checks its schema and structure first, then upgrades it, then allows only reads. */
function openGuarded(copy: string, nativeBinding?: string): Database.Database {
  const db = new Database(copy, { fileMustExist: true, nativeBinding })
  try {
    db.pragma('trusted_schema = OFF')
    db.pragma('cell_size_check = ON')
    db.pragma('mmap_size = 0')
    refuseUnknownSchema(db)
    const verdict = db.pragma('quick_check(1)', { simple: true })
    if (verdict !== 'ok') throw new LibraryError('damaged', `The file is damaged (${verdict}). Repair it before you import it.`)
    migrate(db)
    db.pragma('query_only = ON')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Refuses any schema object that a library of this version does not have with exactly this SQL: a trigger or view could act on a read. */
function refuseUnknownSchema(db: Database.Database): void {
  const known = schemaOf(ourSchema(versionOf(db)))
  for (const [name, sql] of schemaOf(db)) {
    if (known.get(name) !== sql) throw new LibraryError('foreign', `The file contains '${name}', which is not part of a Chalcogen library. Nothing was imported.`)
  }
}

function ourSchema(version: number): Database.Database {
  const db = new Database(':memory:')
  migrateTo(db, version)
  return db
}

const schemaOf = (db: Database.Database) => new Map(db.prepare<[], { type: string; name: string; sql: string | null }>(
  'SELECT type, name, sql FROM sqlite_schema').all().map(({ type, name, sql }) => [`${type} ${name}`, sql]))

async function readAll(db: Database.Database, take: (run: ImportedRun) => void, task: LongTask): Promise<void> {
  const runIds = db.prepare<[], string>('SELECT run_id FROM runs ORDER BY rowid').pluck().all()
  const damages: LibraryError[] = []
  for (const [index, runId] of runIds.entries()) {
    task.report(index, runIds.length)
    try {
      take(readRun(db, runId))
    } catch (error) {
      if (!isDamage(error)) throw error
      damages.push(error)
    }
    await yieldToEvents()
  }
  task.report(runIds.length, runIds.length)
  if (damages.length > 0) throw leftOut(damages, runIds.length, 'imported')
}

function readRun(db: Database.Database, runId: string): ImportedRun {
  const row = db.prepare<[string], StoredRow>(`${summaryQuery} WHERE run_id = ?`).raw().get(runId)!
  const texts = db.prepare<[string], Texts>('SELECT spec, environment FROM runs WHERE run_id = ?').get(runId)!
  const arrays = db.prepare<[string], ArrayRow>(`SELECT ${INFO}, packing, data FROM arrays WHERE run_id = ?`).all(runId)
  const damaged = arrays.find((array) => !dataOf(array))
  if (damaged) {
    throw new LibraryError('damaged', `The ${describeArray(runId, damaged)} is damaged. Repair the file and import it again.`)
  }
  return importedRunSchema.parse({
    summary: summaryOf([...row, lastMetricsOf(db, runId), null]),
    texts,
    epochs: new Epochs(db).all(runId),
    arrays: arrays.map(({ epoch, kind, name, shape, codec, packing, sha256, data }) =>
      ({ epoch, kind, name, shape: JSON.parse(shape) as unknown, codec, packing, sha256, data })),
  })
}

export const importLibraryOperations = {
  /** Imports the runs of another library file, which is only read. Rejects with `damaged` after all others if one cannot be read. */
  importLibrary: write([z.string().min(1)], (on, file) => on.runLong('import', 'runs', async (task) => {
    const counts: Imported = { imported: 0, present: 0 }
    await importLibrary(file, on.file, (run) => { counts[importRun(on.db, run) ? 'imported' : 'present']++ }, task, on.nativeBinding)
    return counts
  })),
}
