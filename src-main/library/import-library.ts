import Database from 'better-sqlite3'
import * as z from 'zod'
import type { PreviewedRun } from '../contract/import.ts'
import { describeProblem } from '../contract/problem.ts'
import { Annotations } from './annotations.ts'
import { type ArrayRow, dataOf, describeArray, INFO } from './arrays.ts'
import { Epochs } from './epochs.ts'
import { contradictionIn } from './contradictions.ts'
import { isDamage, leftOut, LibraryError } from './error.ts'
import { copyElsewhere, isSameFile } from './files.ts'
import { refuseForeignFile } from './identity.ts'
import { importRun } from './imports.ts'
import { KnownRuns, knownRuns } from './known-runs.ts'
import { lastMetricsOf } from './last-metrics.ts'
import { yieldToEvents, type LongTask } from './long-task.ts'
import { migrate } from './migrations/migrate.ts'
import { type Context, control, write } from './operation.ts'
import { damagedRun, previewedRun } from './preview.ts'
import { type Imported, importedRunSchema, type ImportedRun } from './protocol.ts'
import { describeDifference, schemaDifferences } from './schema.ts'
import { readTexts, type Texts } from './stored-texts.ts'
import { type StoredRow, summaryOf, summaryQuery } from './summary.ts'

/** A run of another library, or why it cannot be read. */
type Examined = { run: ImportedRun } | { runId: string; damage: LibraryError }

/**
 * Reads every run of another library. The file is not trusted: a copy is read, and each row must pass its schema.
 * @param own the open library, which must not be read as a file
 * @throws LibraryError if the file is `own` or not a library
 */
export async function readLibrary(
  file: string, own: string, take: (entry: Examined) => void, task: LongTask, nativeBinding?: string,
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
    refuseUnknownSchema(db, nativeBinding)
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
function refuseUnknownSchema(db: Database.Database, nativeBinding?: string): void {
  const [first] = schemaDifferences(db, nativeBinding).filter(({ how }) => how !== 'missing')
  if (first) throw new LibraryError('foreign', `${describeDifference(first)} Nothing was imported.`)
}

async function readAll(db: Database.Database, take: (entry: Examined) => void, task: LongTask): Promise<void> {
  const runIds = db.prepare<[], string>('SELECT run_id FROM runs ORDER BY rowid').pluck().all()
  for (const [index, runId] of runIds.entries()) {
    task.report(index, runIds.length)
    take(examined(db, runId))
    await yieldToEvents()
  }
  task.report(runIds.length, runIds.length)
}

function examined(db: Database.Database, runId: string): Examined {
  try {
    return { run: readRun(db, runId) }
  } catch (error) {
    if (!isDamage(error)) throw error
    return { runId, damage: error }
  }
}

function readRun(db: Database.Database, runId: string): ImportedRun {
  const row = db.prepare<[string], StoredRow>(`${summaryQuery} WHERE run_id = ?`).raw().get(runId)!
  const texts = db.prepare<[string], Texts>('SELECT spec, environment FROM runs WHERE run_id = ?').get(runId)!
  const arrays = db.prepare<[string], ArrayRow>(`SELECT ${INFO}, packing, data FROM arrays WHERE run_id = ?`).all(runId)
  const damaged = arrays.find((array) => !dataOf(array))
  if (damaged) {
    throw new LibraryError('damaged', `The ${describeArray(runId, damaged)} is damaged. Repair the file and import it again.`)
  }
  const run = importedRunSchema.parse({
    summary: summaryOf([...row, lastMetricsOf(db, runId), new Annotations(db).of([runId])[0] ?? null, null]),
    texts,
    epochs: new Epochs(db).all(runId),
    arrays: arrays.map(({ epoch, kind, name, shape, codec, packing, sha256, data }) =>
      ({ epoch, kind, name, shape: JSON.parse(shape) as unknown, codec, packing, sha256, data })),
  })
  refuseContradiction(run)
  return run
}

/** @throws LibraryError damaged */
function refuseContradiction({ summary, texts, epochs, arrays }: ImportedRun): void {
  const read = readTexts(summary.runId, texts)
  const problem = 'unreadable' in read ? null : contradictionIn({ summary, spec: read.spec, epochs, arrays })
  if (problem) throw new LibraryError('damaged', `Run ${summary.runId} contradicts itself: ${describeProblem(problem)}`)
}

/** @throws LibraryError damaged, after all other runs are imported, if one cannot be read */
async function importLibrary(on: Context, file: string, task: LongTask): Promise<Imported> {
  const known = new KnownRuns(knownRuns(on.db))
  const counts: Imported = { imported: 0, present: 0 }
  const damages: LibraryError[] = []
  await readLibrary(file, on.file, (entry) => {
    if ('damage' in entry) damages.push(entry.damage)
    else counts[importNew(on.db, known, entry.run) ? 'imported' : 'present']++
  }, task, on.nativeBinding)
  if (damages.length > 0) throw leftOut(damages, counts.imported + counts.present + damages.length, 'imported')
  return counts
}

const importNew = (db: Database.Database, known: KnownRuns, run: ImportedRun): boolean =>
  known.find(run.summary, run.texts.spec) === null && importRun(db, run)

async function previewLibrary(on: Context, file: string, task: LongTask): Promise<PreviewedRun[]> {
  const known = new KnownRuns(knownRuns(on.db))
  const runs: PreviewedRun[] = []
  await readLibrary(file, on.file, (entry) => {
    runs.push('damage' in entry ? damagedRun(entry.runId, entry.damage.message) : previewedRun(known, entry.run.summary, entry.run.texts.spec))
  }, task, on.nativeBinding)
  return runs
}

export const importLibraryOperations = {
  /** Imports the runs of another library file, which is only read. Rejects with `damaged` after all others if one cannot be read. */
  importLibrary: write([z.string().min(1)], (on, file) => on.runLong('import', 'runs', (task) => importLibrary(on, file, task))),
  /** What `importLibrary` would do. Changes nothing. */
  previewLibrary: control([z.string().min(1)], (on, file) => on.runLong('import', 'runs', (task) => previewLibrary(on, file, task))),
}
