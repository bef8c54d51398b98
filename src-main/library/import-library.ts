import Database from 'better-sqlite3'
import { describeProblem } from '../contract/problem.ts'
import { Annotations } from './annotations.ts'
import { type ArrayRow, dataOf, describeArray, INFO } from './arrays.ts'
import { Epochs } from './epochs.ts'
import { contradictionIn } from './contradictions.ts'
import { isDamage, LibraryError } from './error.ts'
import { copyElsewhere } from './files.ts'
import { refuseForeignFile } from './identity.ts'
import { lastMetricsOf } from './last-metrics.ts'
import { migrate } from './migrations/migrate.ts'
import { importedRunSchema, type ImportedRun } from './protocol.ts'
import { describeDifference, schemaDifferences } from './schema.ts'
import { KeptSignals, refuseMissingSamples } from './samples.ts'
import { readTexts, type Texts } from './stored-texts.ts'
import { type StoredRow, summaryOf, summaryQuery } from './summary.ts'

/** A run of another library, or why it cannot be read. */
type Examined = { run: ImportedRun } | { runId: string; damage: LibraryError }

type Take = (entry: Examined, done: number, total: number) => Promise<void>

/**
 * Reads every run of another library. The file is not trusted: a copy is read, and each row must pass its schema.
 * @param file must not be open in this process
 * @param folder of the copy; deleted at the end
 * @param take if it throws, the rest is not read
 * @throws LibraryError if the file is not a library
 */
export async function readLibrary(file: string, folder: string, take: Take, nativeBinding?: string): Promise<void> {
  refuseForeignFile(file, nativeBinding)
  const copy = copyElsewhere(file, folder)
  try {
    const db = openGuarded(copy.file, nativeBinding)
    try {
      await readAll(db, take)
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
    upgrade(db)
    db.pragma('query_only = ON')
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Rows that contradict each other may keep an older library from being upgraded. */
function upgrade(db: Database.Database): void {
  try {
    migrate(db)
  } catch (error) {
    // SQLite itself says what it found.
    if (error instanceof Database.SqliteError) throw error
    throw new LibraryError('damaged', `The file is damaged, and cannot be upgraded (${(error as Error).message}). Repair it before you import it.`)
  }
}

/** Refuses any schema object that a library of this version does not have with exactly this SQL: a trigger or view could act on a read. */
function refuseUnknownSchema(db: Database.Database, nativeBinding?: string): void {
  const [first] = schemaDifferences(db, nativeBinding).filter(({ how }) => how !== 'missing')
  if (first) throw new LibraryError('foreign', `${describeDifference(first)} Nothing was imported.`)
}

async function readAll(db: Database.Database, take: Take): Promise<void> {
  const runIds = db.prepare<[], string>('SELECT run_id FROM runs ORDER BY rowid').pluck().all()
  for (const [index, runId] of runIds.entries()) await take(examined(db, runId), index + 1, runIds.length)
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
  const key = db.prepare<[string], string | null>('SELECT samples FROM runs WHERE run_id = ?').pluck().get(runId)!
  const arrays = db.prepare<[string], ArrayRow>(`SELECT ${INFO}, packing, data FROM arrays WHERE run_id = ?`).all(runId)
  const damaged = arrays.find((array) => !dataOf(array))
  if (damaged) {
    throw new LibraryError('damaged', `The ${describeArray(runId, damaged)} is damaged. Repair the file and import it again.`)
  }
  const run = importedRunSchema.parse({
    summary: summaryOf([...row, lastMetricsOf(db, runId), new Annotations(db).of([runId])[0] ?? null, null]),
    texts,
    samples: new KeptSignals(db).packed(key),
    epochs: new Epochs(db).all(runId),
    arrays: arrays.map(({ epoch, kind, name, shape, codec, packing, sha256, data }) =>
      ({ epoch, kind, name, shape: JSON.parse(shape) as unknown, codec, packing, sha256, data })),
  })
  refuseContradiction(run)
  return run
}

/** @throws LibraryError damaged */
function refuseContradiction({ summary, texts, samples, epochs, arrays }: ImportedRun): void {
  const read = readTexts(summary.runId, texts)
  if (!('unreadable' in read)) refuseMissingSamples(summary.runId, read.spec, samples)
  const problem = 'unreadable' in read ? null : contradictionIn({ summary, spec: read.spec, epochs, arrays })
  if (problem) throw new LibraryError('damaged', `Run ${summary.runId} contradicts itself: ${describeProblem(problem)}`)
}
