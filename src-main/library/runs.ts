import type { Database } from 'better-sqlite3'
import type { RunDetail, RunStatus, RunSummary } from '../contract/run.ts'
import { environmentSchema, runDetailSchema } from '../contract/run.ts'
import { canonicalJson } from './canonical-json.ts'
import { LibraryError } from './error.ts'
import type { NewRun, RunEnd } from './protocol.ts'
import { type SummaryRow, summaryOf, summaryQuery } from './summary.ts'

/** Whether a process of this machine lives; one that may not be asked does. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

type Kept = Pick<RunDetail, 'summary' | 'spec' | 'environment'>

/** The runs themselves: what was asked for, and how it went. */
export class Runs {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  create({ runId, spec, environment, createdAt, sequences }: NewRun): void {
    this.#db.prepare(`
      INSERT INTO runs (run_id, status, created_at, process, sequences, environment, spec)
      VALUES (?, 'queued', ?, ?, ?, ?, ?)
    `).run(runId, createdAt, process.pid, sequences, canonicalJson(environment), canonicalJson(spec))
  }

  markRunning(runId: string, startedAt: string): void {
    this.require(runId)
    this.#db.prepare(`UPDATE runs SET status = 'running', started_at = ? WHERE run_id = ?`).run(startedAt, runId)
  }

  finish(runId: string, { status, endedAt, digest, secondsPerSequence, error }: RunEnd): void {
    this.require(runId)
    this.#db.prepare(`
      UPDATE runs
      SET status = ?, ended_at = ?, digest = ?, seconds_per_sequence = ?, error_code = ?, error_message = ?
      WHERE run_id = ?
    `).run(status, endedAt, digest, secondsPerSequence, error?.code ?? null, error?.message ?? null, runId)
  }

  /** To be called before this process begins a run. @returns how many were left behind by processes that are gone. */
  interruptUnfinished(): number {
    const unfinished = this.#db.prepare<[], { run_id: string; process: number }>(
      `SELECT run_id, process FROM runs WHERE status IN ('queued', 'running')`).all()
    const interrupted: RunStatus = 'interrupted'
    const interrupt = this.#db.prepare('UPDATE runs SET status = ? WHERE run_id = ?')
    const left = unfinished.filter((run) => run.process === process.pid || !isAlive(run.process))
    this.#db.transaction(() => left.forEach((run) => interrupt.run(interrupted, run.run_id)))()
    return left.length
  }

  list(): RunSummary[] {
    return this.#db.prepare<[], SummaryRow>(`${summaryQuery} ORDER BY created_at DESC, runs.rowid DESC`).all().map(summaryOf)
  }

  get(runId: string): Kept {
    this.require(runId)
    const summary = this.#db.prepare<[string], SummaryRow>(`${summaryQuery} WHERE runs.run_id = ?`).get(runId)
    const texts = this.#db.prepare<[string], Texts>('SELECT spec, environment FROM runs WHERE run_id = ?').get(runId)
    return {
      summary: summaryOf(summary!),
      spec: parsed(runDetailSchema.shape.spec, texts!.spec, `the spec of run ${runId}`),
      environment: parsed(environmentSchema, texts!.environment, `the environment of run ${runId}`),
    }
  }

  /** Throws `no-run` where there is none of that name. */
  require(runId: string): void {
    const found = this.#db.prepare('SELECT 1 FROM runs WHERE run_id = ?').get(runId)
    if (!found) throw new LibraryError('no-run', `the library has no run ${runId}`)
  }
}

interface Texts {
  spec: string
  environment: string
}

function parsed<T>(schema: { parse(document: unknown): T }, text: string, what: string): T {
  try {
    return schema.parse(JSON.parse(text))
  } catch (error) {
    throw new LibraryError('damaged', `${what} cannot be read: ${String(error)}`)
  }
}
