import type { Database } from 'better-sqlite3'
import { type ArrayRow, dataOf, describeArray, INFO } from './arrays.ts'
import type { PartRow } from './checkpoints.ts'
import { unpack } from './codec.ts'
import { asLibraryError, LibraryError } from './error.ts'
import { extremesSince, lastEpoch, meanOfLast20 } from './epochs.ts'
import { yieldToEvents } from './long-task.ts'
import type { CheckCounts, Fault } from './protocol.ts'
import { Outcomes } from './outcomes.ts'
import { describeDifference, schemaDifferences } from './schema.ts'
import { KeptSignals } from './samples.ts'
import { parseTexts, type Texts } from './stored-texts.ts'

/** Receives the faults and the progress of a check, and cancels it. */
export interface CheckWatcher {
  found(fault: Fault): void
  progress(bytes: number, total: number): void
  stopped(): boolean
}

/** Whether an error tells that the data is damaged, not that it cannot be read now, for example because the file is locked. */
export function isDamage(error: unknown): boolean {
  if (error instanceof LibraryError) return error.code === 'damaged'
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  // Whatever else is thrown comes from decoding the data, unless the file system refused a call.
  if (!code.startsWith('SQLITE_')) return !(error instanceof Error && 'syscall' in error)
  return /^SQLITE_(CORRUPT|NOTADB|FORMAT|ERROR|MISMATCH|IOERR_(READ|SHORT_READ|DATA|CORRUPTFS)$)/.test(code)
}

/**
 * Checks the structure, then every run with its epochs, arrays and checkpoints. Data that cannot be read is a fault; the check continues.
 * @param db a connection that only reads, with a fixed view, or else what other programs delete meanwhile looks like a fault
 */
export async function checkLibrary(db: Database, watcher: CheckWatcher, nativeBinding?: string): Promise<CheckCounts> {
  const counts: CheckCounts = { runs: 0, epochs: 0, arrays: 0, checkpoints: 0, bytes: 0, stopped: false }
  const look = (kind: Fault['kind'], runId: string | null, what: string, at: () => void) => {
    try {
      at()
    } catch (error) {
      if (!isDamage(error)) throw error
      watcher.found({ kind, runId, message: `Could not read the ${what}. ${asLibraryError(error).message}`, array: null, checkpoint: null })
    }
  }
  let foreign = false
  look('structure', null, 'schema', () => { foreign = checkSchema(db, watcher, nativeBinding) })
  look('structure', null, 'file', () => checkStructure(db, watcher))
  // What such a schema says about the rows is not what was written.
  if (foreign) return counts
  look('structure', null, 'sweeps, presets, figures, views and settings', () => checkDocuments(db, watcher))
  look('structure', null, 'samples of signals', () => checkSamples(db, watcher))
  let runIds: string[] = []
  look('structure', null, 'list of runs', () => { runIds = db.prepare<[], string>('SELECT run_id FROM runs ORDER BY rowid').pluck().all() })
  let total = 0
  look('structure', null, 'sizes of the stored data', () => { total = storedBytes(db) })
  for (const runId of runIds) {
    counts.runs++
    look('run', runId, `record of run ${runId}`, () => checkRun(db, runId, watcher))
    look('epochs', runId, `epochs of run ${runId}`, () => { counts.epochs += checkEpochs(db, runId, watcher) })
    for (const part of [arraysOf, partsOf]) {
      let rows: Piece[] = []
      const kind = part === arraysOf ? 'array' : 'checkpoint'
      look(kind, runId, `list of ${kind}s of run ${runId}`, () => { rows = part(db, runId) })
      for (const piece of rows) {
        if (watcher.stopped()) return { ...counts, stopped: true }
        look(piece.kind, runId, piece.what, () => { counts.bytes += checkPiece(db, piece, watcher) })
        counts[piece.kind === 'array' ? 'arrays' : 'checkpoints']++
        watcher.progress(counts.bytes, total)
        await yieldToEvents()
      }
    }
    await yieldToEvents()
    if (watcher.stopped()) return { ...counts, stopped: true }
  }
  return counts
}

/** @returns whether something was added or changed */
function checkSchema(db: Database, watcher: CheckWatcher, nativeBinding?: string): boolean {
  const differences = schemaDifferences(db, nativeBinding)
  for (const difference of differences) watcher.found(fault('structure', null, describeDifference(difference)))
  return differences.some(({ how }) => how !== 'missing')
}

function checkStructure(db: Database, watcher: CheckWatcher): void {
  for (const { quick_check: message } of db.pragma('quick_check(100)') as { quick_check: string }[]) {
    if (message !== 'ok') watcher.found(fault('structure', null, message))
  }
  for (const { table, rowid } of db.pragma('foreign_key_check') as { table: string; rowid: number | null }[]) {
    watcher.found(fault('structure', null, `Row ${rowid ?? '?'} of table ${table} belongs to no run.`))
  }
}

/** Finds texts that are no JSON any more. The application skips these, or uses a default. */
function checkDocuments(db: Database, watcher: CheckWatcher): void {
  const damaged = db.prepare<[], { what: string }>(`
    SELECT 'document of sweep ' || sweep_id AS what FROM sweeps WHERE NOT json_valid(document)
    UNION ALL SELECT 'preset ' || preset_id FROM presets WHERE NOT json_valid(spec)
    UNION ALL SELECT 'figure ' || name FROM figures WHERE NOT json_valid(document)
    UNION ALL SELECT 'view ' || name FROM views WHERE NOT json_valid(document)
    UNION ALL SELECT 'setting ' || name FROM settings WHERE NOT json_valid(value)
  `).all()
  for (const { what } of damaged) watcher.found(fault('run', null, `The ${what} is damaged.`))
}

/** Finds samples that differ from what was written. The runs that use them keep their results, and cannot be computed again. */
function checkSamples(db: Database, watcher: CheckWatcher): void {
  const signals = new KeptSignals(db)
  for (const sha256 of db.prepare<[], string>('SELECT sha256 FROM samples').pluck().all()) {
    try {
      signals.read(sha256)
    } catch (error) {
      if (!isDamage(error)) throw error
      watcher.found(fault('run', null, (error as Error).message))
    }
  }
}

function checkRun(db: Database, runId: string, watcher: CheckWatcher): void {
  const { key, ...texts } = db.prepare<[string], Texts & { key: string | null }>('SELECT spec, environment, samples AS key FROM runs WHERE run_id = ?').get(runId)!
  const refersTo = db.prepare<[string], string | null>(`SELECT CASE WHEN json_valid(spec) THEN spec ->> '$.task.samples.sha256' END FROM runs WHERE run_id = ?`)
    .pluck().get(runId)
  if (refersTo !== key) watcher.found(fault('run', runId, `The spec of run ${runId} refers to other samples than those that are kept for it.`))
  try {
    parseTexts(runId, texts)
  } catch (error) {
    watcher.found(fault('run', runId, (error as Error).message))
  }
}

const storedExtremes = 'SELECT metric, smallest, largest FROM metric_extremes WHERE run_id = $runId'

/** @returns the number of epochs */
function checkEpochs(db: Database, runId: string, watcher: CheckWatcher): number {
  const { count, first, last } = db.prepare<[string], { count: number; first: number | null; last: number | null }>(
    'SELECT count(*) AS count, min(epoch) AS first, max(epoch) AS last FROM epochs WHERE run_id = ?').get(runId)!
  if (count > 0 && (first !== 1 || last !== count)) {
    watcher.found(fault('epochs', runId, `Run ${runId} has ${count} epochs between ${first} and ${last}. Some epochs are missing.`))
  }
  const isSame = db.prepare(`
    SELECT (epochs_done, loss, mean_rate_hz, set_pulses, reset_pulses, refreshes, read_pulses) IS (${lastEpoch})
      AND loss_last_20 IS (${meanOfLast20})
      AND NOT EXISTS (${extremesSince('1')} EXCEPT ${storedExtremes}) AND NOT EXISTS (${storedExtremes} EXCEPT SELECT * FROM (${extremesSince('1')}))
    FROM runs WHERE run_id = $runId
  `).pluck().get({ runId })
  if (isSame !== 1) watcher.found(fault('summary', runId, `The listed metrics of run ${runId} differ from those of its epochs.`))
  else if (!hasOutcomeOfEpochs(db, runId)) watcher.found(fault('summary', runId, `The listed outcome of run ${runId} differs from that of its epochs.`))
  return count
}

/** True also if no outcome is listed: the run has not finished, or it is not judged yet. */
function hasOutcomeOfEpochs(db: Database, runId: string): boolean {
  const [outcome, reasons] = db.prepare<[string], (string | null)[]>('SELECT outcome, reasons FROM runs WHERE run_id = ?').raw().get(runId)!
  if (outcome === null) return true
  const judged = new Outcomes(db).of(runId)
  // Without a spec there is nothing to compare with. That is a fault of its own.
  return judged === null || (outcome === judged.outcome && (reasons ?? '[]') === JSON.stringify(judged.reasons))
}

type Piece =
  | { kind: 'array'; what: string; runId: string; array: NonNullable<Fault['array']> }
  | { kind: 'checkpoint'; what: string; runId: string; sequences: number; name: string }

function arraysOf(db: Database, runId: string): Piece[] {
  return db.prepare<[string], NonNullable<Fault['array']>>('SELECT epoch, kind, name FROM arrays WHERE run_id = ? ORDER BY epoch, kind, name')
    .all(runId).map((array) => ({ kind: 'array', what: describeArray(runId, array), runId, array }))
}

function partsOf(db: Database, runId: string): Piece[] {
  return db.prepare<[string], { sequences: number; name: string }>('SELECT sequences, name FROM checkpoints WHERE run_id = ? ORDER BY sequences, name')
    .all(runId).map(({ sequences, name }) =>
      ({ kind: 'checkpoint', what: `part '${name}' of the checkpoint after sequence ${sequences} of run ${runId}`, runId, sequences, name }))
}

/** @returns bytes read */
function checkPiece(db: Database, piece: Piece, watcher: CheckWatcher): number {
  if (piece.kind === 'array') {
    const { epoch, kind, name } = piece.array
    const row = db.prepare<[string, number, string, string], ArrayRow>(`
      SELECT ${INFO}, packing, data FROM arrays WHERE run_id = ? AND epoch = ? AND kind = ? AND name = ?
    `).get(piece.runId, epoch, kind, name)!
    if (!dataOf(row)) watcher.found({ ...fault('array', piece.runId, `The ${piece.what} is damaged.`), array: piece.array })
    return row.data.length
  }
  const row = db.prepare<[string, number, string], PartRow>('SELECT * FROM checkpoints WHERE run_id = ? AND sequences = ? AND name = ?')
    .get(piece.runId, piece.sequences, piece.name)!
  if (!unpack(row, row.length)) watcher.found({ ...fault('checkpoint', piece.runId, `The ${piece.what} is damaged.`), checkpoint: piece.sequences })
  return row.data.length
}

const storedBytes = (db: Database) => db.prepare(`
  SELECT (SELECT coalesce(sum(length(data)), 0) FROM arrays) + (SELECT coalesce(sum(length(data)), 0) FROM checkpoints)
`).pluck().get() as number

const fault = (kind: Fault['kind'], runId: string | null, message: string): Fault => ({ kind, runId, message, array: null, checkpoint: null })
