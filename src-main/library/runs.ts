import type { Database } from 'better-sqlite3'
import { type Environment, resumable, type RunDetail, type RunStatus, type Shelf } from '../contract/run.ts'
import { environmentSchema, runDetailSchema } from '../contract/run.ts'
import { canonicalJson } from './canonical-json.ts'
import { LibraryError } from './error.ts'
import { isAlive, isThisProcess, ownerText, parseOwner } from './owner.ts'
import type { NewRun, Outline, Queued, RunEnd } from './protocol.ts'
import { Queue } from './queue.ts'
import { type SummaryRow, summaryOf, summaryQuery } from './summary.ts'

type Kept = Pick<RunDetail, 'summary' | 'spec' | 'environment'>

interface State {
  run_id: string
  status: RunStatus
  owner: string | null
}

/** The runs themselves: what was asked for, whose they are, and how it went. */
export class Runs {
  readonly #db: Database
  readonly #queue: Queue
  constructor(db: Database) {
    this.#db = db
    this.#queue = new Queue(db)
  }

  /** All or none, at the end of the queue. */
  create(runs: readonly NewRun[]): void {
    const insert = this.#db.prepare(`
      INSERT INTO runs (run_id, status, owner, created_at, queued_at, sequences, environment, spec, sweep_id, arm, place)
      VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?)
    `)
    const owner = ownerText()
    this.#db.transaction(() => {
      const end = this.#queue.end()
      runs.forEach(({ runId, spec, environment, createdAt, sequences, sweep }, index) => insert.run(
        runId, owner, createdAt, createdAt, sequences, canonicalJson(environment), canonicalJson(spec),
        sweep?.sweepId ?? null, sweep?.arm ?? null, end + index,
      ))
    })()
  }

  /** What computes the run from its first epoch on is its environment; a resumed one keeps what it began with. */
  markRunning(runId: string, startedAt: string, environment: Environment): void {
    this.require(runId)
    this.#db.prepare(`
      UPDATE runs
      SET status = 'running', started_at = coalesce(started_at, ?), ended_at = NULL, environment = iif(epochs_done = 0, ?, environment)
      WHERE run_id = ?
    `).run(startedAt, canonicalJson(environment), runId)
  }

  /** The run is then nobody's. */
  finish(runId: string, { status, endedAt, digest, secondsPerSequence, error }: RunEnd): void {
    this.require(runId)
    this.#db.prepare(`
      UPDATE runs
      SET status = ?, owner = NULL, ended_at = ?, digest = ?, seconds_per_sequence = ?, error_code = ?, error_message = ?
      WHERE run_id = ?
    `).run(status, endedAt, digest, secondsPerSequence, error?.code ?? null, error?.message ?? null, runId)
  }

  /** Queued runs of this process go back to being anybody's: the next to open the library takes them up. */
  release(runIds: readonly string[]): void {
    const release = this.#db.prepare(`UPDATE runs SET owner = NULL WHERE run_id = ? AND status = 'queued'`)
    this.#db.transaction(() => { for (const runId of runIds) release.run(runId) })()
  }

  /**
   * Puts runs that have come to rest back into the queue, as this process's, at its end or before all others; all or none.
   * @throws LibraryError busy where one has not
   */
  requeue(runIds: readonly string[], queuedAt: string, first: boolean): void {
    const put = this.#db.prepare(`
      UPDATE runs
      SET status = 'queued', shelf = 'library', owner = ?, queued_at = ?, place = ?, ended_at = NULL, error_code = NULL, error_message = NULL
      WHERE run_id = ?
    `)
    this.#db.transaction(() => {
      const place = first ? this.#queue.before() - runIds.length + 1 : this.#queue.end()
      runIds.forEach((runId, index) => {
        const { status, owner } = this.#state(runId)
        if (!(resumable as readonly RunStatus[]).includes(status)) throw new LibraryError('busy', this.#whyNot(runId, status, owner))
        put.run(ownerText(), queuedAt, place + index, runId)
      })
    }).immediate()
  }

  /** Queued runs that are nobody's become this process's. @returns them in the order of the queue */
  adoptQueued(): Queued[] {
    return this.#db.transaction(() => {
      const left = this.#queue.all().filter(({ owner }) => isNobodys(owner))
      const adopt = this.#db.prepare('UPDATE runs SET owner = ? WHERE run_id = ?')
      const owner = ownerText()
      for (const { runId } of left) adopt.run(owner, runId)
      return left.map(({ runId, priority }) => ({ runId, priority }))
    }).immediate()
  }

  /** To be called before this process begins a run. @returns how many were left running by processes that are gone */
  interruptUnfinished(): number {
    return this.#db.transaction(() => {
      const running = this.#db.prepare<[], State>(`SELECT run_id, status, owner FROM runs WHERE status = 'running'`).all()
      const left = running.filter(({ owner }) => isNobodys(owner) || isThisProcess(parseOwner(owner)!))
      const interrupt = this.#db.prepare(`UPDATE runs SET status = 'interrupted', owner = NULL WHERE run_id = ?`)
      for (const { run_id } of left) interrupt.run(run_id)
      return left.length
    }).immediate()
  }

  /** All or none. @throws LibraryError busy where one of them is queued or running */
  shelve(runIds: readonly string[], shelf: Shelf): void {
    const move = this.#db.prepare('UPDATE runs SET shelf = ? WHERE run_id = ?')
    this.#db.transaction(() => {
      for (const runId of runIds) {
        const { status, owner } = this.#state(runId)
        if (status === 'queued' || status === 'running') throw new LibraryError('busy', this.#whyNot(runId, status, owner))
        move.run(shelf, runId)
      }
    })()
  }

  /** For good, with everything of theirs, and sweeps of which no run is left; all or none. @throws LibraryError busy where one is not in the trash */
  delete(runIds: readonly string[]): void {
    const remove = this.#db.prepare(`DELETE FROM runs WHERE run_id = ? AND shelf = 'trash'`)
    this.#db.transaction(() => {
      for (const runId of runIds) {
        this.require(runId)
        if (remove.run(runId).changes === 0) throw new LibraryError('busy', `run ${runId} is not in the trash; only what is there can be deleted`)
      }
      this.#db.exec('DELETE FROM sweeps WHERE NOT EXISTS (SELECT 1 FROM runs WHERE runs.sweep_id = sweeps.sweep_id)')
    })()
  }

  /** Newest first; of the same moment, the later one first. */
  list(): SummaryRow[] {
    return this.#db.prepare<[], SummaryRow>(`${summaryQuery} ORDER BY created_at DESC, rowid DESC`).raw().all()
  }

  get(runId: string): Kept {
    this.require(runId)
    const summary = this.#db.prepare<[string], SummaryRow>(`${summaryQuery} WHERE run_id = ?`).raw().get(runId)
    const texts = this.#db.prepare<[string], Texts>('SELECT spec, environment FROM runs WHERE run_id = ?').get(runId)
    return { summary: summaryOf(summary!), ...parseTexts(runId, texts!) }
  }

  outlines(runIds: readonly string[]): Outline[] {
    return runIds.map((runId) => {
      const { summary, spec, environment: { engineDigest } } = this.get(runId)
      return { summary, spec, engineDigest }
    })
  }

  has(runId: string): boolean {
    return this.#db.prepare('SELECT 1 FROM runs WHERE run_id = ?').get(runId) !== undefined
  }

  /** Throws `no-run` where there is none of that name. */
  require(runId: string): void {
    if (!this.has(runId)) throw new LibraryError('no-run', `the library has no run ${runId}`)
  }

  #state(runId: string): State {
    this.require(runId)
    return this.#db.prepare<[string], State>('SELECT run_id, status, owner FROM runs WHERE run_id = ?').get(runId)!
  }

  #whyNot(runId: string, status: RunStatus, text: string | null): string {
    const owner = parseOwner(text)
    const elsewhere = owner && !isThisProcess(owner) && isAlive(owner) ? ` by another program (process ${owner.pid}); stop it there` : ''
    return `run ${runId} is ${status}${elsewhere}`
  }
}

export interface Texts {
  spec: string
  environment: string
}

/** @throws LibraryError damaged where a text is not what was written */
export const parseTexts = (runId: string, { spec, environment }: Texts): Pick<RunDetail, 'spec' | 'environment'> => ({
  spec: parsed(runDetailSchema.shape.spec, spec, `the spec of run ${runId}`),
  environment: parsed(environmentSchema, environment, `the environment of run ${runId}`),
})

function isNobodys(text: string | null): boolean {
  const owner = parseOwner(text)
  return owner === null || !isAlive(owner)
}

function parsed<T>(schema: { parse(document: unknown): T }, text: string, what: string): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw new LibraryError('damaged', `${what} cannot be read: ${String(error)}`)
  }
}
