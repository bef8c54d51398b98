import type { Database } from 'better-sqlite3'
import * as z from 'zod'
import {
  type AnnotationChange, annotationChangeSchema, type Environment, environmentSchema, resumable, type RunDetail,
  runIdSchema, type RunPlace, runPlaceSchema, type RunStatus,
  type RunSummary, type Shelf, shelfSchema, type UnreadableRun,
} from '../contract/run.ts'
import { sweepIdSchema } from '../contract/sweep.ts'
import { Annotations } from './annotations.ts'
import { canonicalJson } from './canonical-json.ts'
import { LibraryError } from './error.ts'
import { lastMetricsOf, lastMetricsOfAll } from './last-metrics.ts'
import { read, write } from './operation.ts'
import { fateOf, isThisProcess, ownerText, parseOwner } from './owner.ts'
import { instantSchema, type NewRun, type Outline, type Queued, type RunEnd, type Search } from './protocol.ts'
import { Queue, UNFINISHED } from './queue.ts'
import { ParameterIndex } from './query/parameter-index.ts'
import { type Readability, readabilityOf } from './readability.ts'
import { KeptSignals } from './samples.ts'
import { readTexts, requireReadable, type Texts } from './stored-texts.ts'
import { type StoredRow, type SummaryRow, summaryOf, summaryQuery } from './summary.ts'
import { inTransaction } from './transaction.ts'

type Stored = Pick<RunDetail, 'summary' | 'spec' | 'environment'> | Pick<UnreadableRun, 'summary' | 'texts'>

/** Times are texts that begin with a digit. */
const AFTER_ALL_TIMES: RunPlace = { createdAt: '~', runId: '' }

interface State {
  run_id: string
  status: RunStatus
  owner: string | null
}

/** The stored runs: their specs, owners, statuses and results. */
export class Runs {
  readonly #db: Database
  readonly #queue: Queue
  readonly #readability: Readability
  constructor(db: Database) {
    this.#db = db
    this.#queue = new Queue(db)
    this.#readability = readabilityOf(db)
  }

  /** Saves new runs at the end of the queue, all or none. */
  create(runs: readonly NewRun[]): void {
    const insert = this.#db.prepare(`
      INSERT INTO runs (run_id, status, owner, created_at, queued_at, sequences, environment, spec, samples, sweep_id, arm, place, computed_seconds)
      VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
    `)
    const owner = ownerText()
    inTransaction(this.#db, () => {
      const end = this.#queue.end()
      const index = new ParameterIndex(this.#db)
      const signals = new KeptSignals(this.#db)
      for (const [place, { runId, spec: whole, environment, createdAt, sequences, sweep }] of runs.entries()) {
        const { document: spec, sha256 } = signals.keep(whole)
        insert.run(
          runId, owner, createdAt, createdAt, sequences, canonicalJson(environment), canonicalJson(spec), sha256,
          sweep?.sweepId ?? null, sweep?.arm ?? null, end + place,
        )
        index.put(runId, spec)
      }
    })
  }

  /** Sets the environment only if no epoch is done. A resumed run keeps the environment that it started in. */
  markRunning(runId: string, startedAt: string, environment: Environment): void {
    this.require(runId)
    this.#db.prepare(`
      UPDATE runs
      SET status = 'running', started_at = coalesce(started_at, ?), ended_at = NULL, environment = iif(epochs_done = 0, ?, environment)
      WHERE run_id = ?
    `).run(startedAt, canonicalJson(environment), runId)
    // Checkpoints are not imported, so the run is computed here from its start.
    this.markVerified([runId])
  }

  /** Notes that imported runs were computed again with the same result. */
  markVerified(runIds: readonly string[]): void {
    const remove = this.#db.prepare('DELETE FROM unverified WHERE run_id = ?')
    inTransaction(this.#db, () => { for (const runId of runIds) remove.run(runId) })
  }

  /** Saves the end of a run and releases its ownership. */
  finish(runId: string, { status, endedAt, digest, secondsPerSequence, error, secondsComputed = null }: RunEnd): void {
    this.require(runId)
    this.#db.prepare(`
      UPDATE runs
      SET status = ?, owner = NULL, ended_at = ?, digest = ?, seconds_per_sequence = ?, error_code = ?, error_message = ?,
        computed_seconds = coalesce(?, computed_seconds)
      WHERE run_id = ?
    `).run(status, endedAt, digest, secondsPerSequence, error?.code ?? null, error?.message ?? null, secondsComputed, runId)
  }

  /** Stops a paused run, with a reason. What was measured stays. */
  stop(runId: string, error: RunSummary['error'], endedAt: string): void {
    this.#db.prepare(`
      UPDATE runs SET status = 'stopped', owner = NULL, ended_at = ?, error_code = ?, error_message = ? WHERE run_id = ? AND status = 'paused'
    `).run(endedAt, error?.code ?? null, error?.message ?? null, runId)
  }

  /** Releases ownership of queued runs, so that the next process that opens the library adopts them. */
  release(runIds: readonly string[]): void {
    const release = this.#db.prepare(`UPDATE runs SET owner = NULL WHERE run_id = ? AND status = 'queued'`)
    inTransaction(this.#db, () => { for (const runId of runIds) release.run(runId) })
  }

  /**
   * Queues resumable runs again, owned by this process, at the front or the end of the queue; all or none. Interrupted runs always go to
   * the front, because they had started before all that wait.
   * @throws LibraryError busy if one of them cannot be resumed
   */
  requeue(runIds: readonly string[], queuedAt: string, first: boolean): void {
    const put = this.#db.prepare(`
      UPDATE runs
      SET status = 'queued', shelf = 'library', owner = ?, queued_at = ?, place = ?, ended_at = NULL, error_code = NULL, error_message = NULL
      WHERE run_id = ?
    `)
    inTransaction(this.#db, () => {
      const goesFirst = (status: RunStatus) => first || status === 'interrupted'
      const firsts = runIds.filter((runId) => goesFirst(this.#state(runId).status)).length
      let [front, end] = [this.#queue.before() - firsts + 1, this.#queue.end()]
      for (const runId of runIds) {
        const { status, owner } = this.#state(runId)
        if (!(resumable as readonly RunStatus[]).includes(status)) throw new LibraryError('busy', this.#whyNot(runId, status, owner))
        put.run(ownerText(), queuedAt, goesFirst(status) ? front++ : end++, runId)
      }
    })
  }

  /** Takes ownership of queued runs without a living owner. @returns them in the order of the queue */
  adoptQueued(): Queued[] {
    return inTransaction(this.#db, () => {
      const left = this.#queue.all().filter(({ owner }) => isOrphan(owner))
      const adopt = this.#db.prepare('UPDATE runs SET owner = ? WHERE run_id = ?')
      const owner = ownerText()
      for (const { runId } of left) adopt.run(owner, runId)
      return left.map(({ runId, priority }) => ({ runId, priority }))
    })
  }

  /** Marks runs that dead processes left running as interrupted. Call this before the process starts a run. @returns their number */
  interruptUnfinished(): number {
    // Usually there are none. Then a command that only reads does not wait for a program that writes.
    if (this.#leftRunning().length === 0) return 0
    return inTransaction(this.#db, () => {
      const left = this.#leftRunning()
      const interrupt = this.#db.prepare(`UPDATE runs SET status = 'interrupted', owner = NULL WHERE run_id = ?`)
      for (const { run_id } of left) interrupt.run(run_id)
      return left.length
    })
  }

  #leftRunning(): State[] {
    return this.#db.prepare<[], State>(`SELECT run_id, status, owner FROM runs WHERE status = 'running' AND ${UNFINISHED}`).all()
      .filter(({ owner }) => isOrphan(owner) || isThisProcess(parseOwner(owner)!))
  }

  /** All or none. @throws LibraryError busy if one of them is queued or running */
  shelve(runIds: readonly string[], shelf: Shelf): void {
    const move = this.#db.prepare('UPDATE runs SET shelf = ? WHERE run_id = ?')
    inTransaction(this.#db, () => {
      for (const runId of runIds) {
        const { status, owner } = this.#state(runId)
        if (status === 'queued' || status === 'running') throw new LibraryError('busy', this.#whyNot(runId, status, owner))
        move.run(shelf, runId)
      }
    })
  }

  /** Changes names, tags, notes and stars of runs, all or none. @throws LibraryError no-run */
  annotate(runIds: readonly string[], change: AnnotationChange): void {
    inTransaction(this.#db, () => {
      for (const runId of runIds) this.require(runId)
      new Annotations(this.#db).change(runIds, change)
    })
  }

  /**
   * Deletes runs permanently with all their data, and sweeps that have no runs left; all or none.
   * @throws LibraryError busy if one is not in the trash
   */
  delete(runIds: readonly string[]): void {
    const remove = this.#db.prepare(`DELETE FROM runs WHERE run_id = ? AND shelf = 'trash'`)
    inTransaction(this.#db, () => {
      for (const runId of runIds) {
        this.require(runId)
        if (remove.run(runId).changes === 0) throw new LibraryError('busy', `Run ${runId} is not in the trash. Move it to the trash before you delete it.`)
      }
      new ParameterIndex(this.#db).drop()
      this.#db.exec('DELETE FROM sweeps WHERE NOT EXISTS (SELECT 1 FROM runs WHERE runs.sweep_id = sweeps.sweep_id)')
      new KeptSignals(this.#db).drop()
    })
  }

  /**
   * Some of the runs, newest first. Of runs with the same time, the one with the later id comes first.
   * @param sweepId null for all runs
   * @param after the run where the page before ended; null for the first page
   */
  page(sweepId: string | null, after: RunPlace | null, most: number): SummaryRow[] {
    const { createdAt, runId } = after ?? AFTER_ALL_TIMES
    const ofSweep = sweepId === null ? [] : [sweepId]
    const rows = this.#db.prepare<(string | number)[], StoredRow>(`
      ${summaryQuery} WHERE ${sweepId === null ? '' : 'sweep_id = ? AND'} (created_at, run_id) < (?, ?)
      ORDER BY created_at DESC, run_id DESC LIMIT ?
    `).raw().all(...ofSweep, createdAt, runId, most)
    return this.#completed(rows, sweepId !== null)
  }

  /** Some of the runs in the order of their ids in the list, without those that do not exist. */
  some(runIds: readonly string[]): SummaryRow[] {
    const rows = this.#db.prepare<[string], StoredRow>(`${summaryQuery} WHERE run_id IN (SELECT value FROM json_each(?))`).raw().all(JSON.stringify(runIds))
    const byId = new Map(this.#completed(rows).map((row) => [row[0], row]))
    return runIds.flatMap((runId) => { const row = byId.get(runId); return row ? [row] : [] })
  }

  findUnreadable(): Search {
    return this.#readability.findNext()
  }

  /** A run without its epochs and arrays, also if its spec or environment cannot be read. @throws LibraryError no-run */
  get(runId: string): Stored {
    this.require(runId)
    const row = this.#db.prepare<[string], StoredRow>(`${summaryQuery} WHERE run_id = ?`).raw().get(runId)!
    const texts = this.#db.prepare<[string], Texts>('SELECT spec, environment FROM runs WHERE run_id = ?').get(runId)!
    const [annotation = null] = new Annotations(this.#db).of([runId])
    const summary = summaryOf([...row, lastMetricsOf(this.#db, runId), annotation, null])
    const read = readTexts(runId, texts)
    if (!('unreadable' in read)) return { summary, ...read }
    this.#readability.note(runId, read.unreadable)
    return { summary: { ...summary, ...read }, texts }
  }

  outlines(runIds: readonly string[]): Outline[] {
    return runIds.map((runId) => {
      const { summary, spec, environment: { engineDigest } } = requireReadable(this.get(runId))
      return { summary, spec, engineDigest }
    })
  }

  has(runId: string): boolean {
    return this.#db.prepare('SELECT 1 FROM runs WHERE run_id = ?').get(runId) !== undefined
  }

  /** @throws LibraryError no-run if there is no such run */
  require(runId: string): void {
    if (!this.has(runId)) throw new LibraryError('no-run', `The library has no run ${runId}.`)
  }

  /** @param readsSpecs whether to read specs whose readability is not known yet */
  #completed(rows: readonly StoredRow[], readsSpecs = true): SummaryRow[] {
    const runIds = rows.map(([runId]) => runId)
    const reasons = readsSpecs ? this.#readability.of(runIds) : this.#readability.known(runIds)
    const metrics = lastMetricsOfAll(this.#db, runIds)
    const annotations = new Annotations(this.#db).of(runIds)
    return rows.map((row, index) => [...row, metrics[index] ?? null, annotations[index] ?? null, reasons[index] ?? null])
  }

  #state(runId: string): State {
    this.require(runId)
    return this.#db.prepare<[string], State>('SELECT run_id, status, owner FROM runs WHERE run_id = ?').get(runId)!
  }

  #whyNot(runId: string, status: RunStatus, text: string | null): string {
    const owner = parseOwner(text)
    if (status !== 'queued' && status !== 'running') return `Run ${runId} is finished and cannot be resumed. Retry it to run it again.`
    const fate = owner === null || isThisProcess(owner) ? 'dead' : fateOf(owner)
    const where = `in another program (process ${owner?.pid}${fate === 'unknown' ? ', perhaps in another container' : ''})`
    return `Run ${runId} is ${status}${fate === 'dead' ? '. Stop it first.' : ` ${where}. Stop it there.`}`
  }
}

/** Whether no living process owns the run. An owner that cannot be seen counts as living; see `releaseUnseen`. */
function isOrphan(text: string | null): boolean {
  const owner = parseOwner(text)
  return owner === null || fateOf(owner) === 'dead'
}

const runIds = z.array(runIdSchema)

export const runOperations = {
  /** Queues resumable runs again, owned by this process, at the end or the front; all or none. Rejects with `busy`. */
  requeue: write([runIds, instantSchema, z.boolean().optional()], ({ db }, runIds, queuedAt, first = false) =>
    new Runs(db).requeue(runIds, queuedAt, first)),
  /** Takes ownership of queued runs without a living owner. Resolves to them in the order of the queue. */
  adoptQueued: write([], ({ db }) => new Runs(db).adoptQueued(), { ifReadOnly: [] }),
  /** Releases queued runs of this process to the next process that opens the library. */
  release: write([runIds], ({ db }, runIds) => new Runs(db).release(runIds)),
  /** Sets the status to `running`. Saves the environment if no epoch is done yet. */
  markRunning: write([runIdSchema, instantSchema, environmentSchema], ({ db }, runId, startedAt, environment) =>
    new Runs(db).markRunning(runId, startedAt, environment)),
  /** Notes that imported runs were computed again with the same result. */
  markVerified: write([runIds], ({ db }, runIds) => new Runs(db).markVerified(runIds)),
  /** Marks runs that dead processes left running as `interrupted`. Resolves to their number. */
  interruptUnfinished: write([], ({ db }) => new Runs(db).interruptUnfinished(), { ifReadOnly: 0 }),
  /** All or none; rejects with `busy` if one is queued or running. */
  shelve: write([runIds, shelfSchema], ({ db }, runIds, shelf) => new Runs(db).shelve(runIds, shelf)),
  /** Changes names, tags, notes and stars of runs, all or none. Their specs stay as they are. */
  annotate: write([runIds, annotationChangeSchema], ({ db }, runIds, change) => new Runs(db).annotate(runIds, change)),
  /** Deletes runs permanently, all or none; rejects with `busy` if one is not in the trash. */
  deleteRuns: write([runIds], ({ db }, runIds) => new Runs(db).delete(runIds)),
  /** Some of the runs, of one sweep or of all, newest first. Repeat it with the last run until there are fewer than `most`. */
  runPage: read([sweepIdSchema.nullable(), runPlaceSchema.nullable(), z.int().min(1)], ({ db }, sweepId, after, most) =>
    new Runs(db).page(sweepId, after, most)),
  /** Runs as a list has them, in the order of `runIds`, without those that do not exist. */
  runRows: read([runIds], ({ db }, runIds) => new Runs(db).some(runIds)),
  /** Runs without epochs and arrays, in the order of `runIds`. */
  outlines: read([runIds], ({ db }, runIds) => new Runs(db).outlines(runIds)),
  /** Finds runs that cannot be read, some at a time, so that a list gives the reasons. Repeat it until it is done. */
  findUnreadable: read([], ({ db }) => new Runs(db).findUnreadable()),
}
