import type { Database } from 'better-sqlite3'
import * as z from 'zod'
import { sweepIdSchema } from '../contract/sweep.ts'
import { canonicalJson } from './canonical-json.ts'
import { meanOf20 } from './epochs.ts'
import { LibraryError } from './error.ts'
import { read, write } from './operation.ts'
import {
  epochNumberSchema, type NewRun, newRunSchema, type RoundEnd, roundEndSchema, type SeenRun, type StoredSweep, storedSweepSchema,
} from './protocol.ts'
import { Runs } from './runs.ts'
import { KeptSignals } from './samples.ts'
import { inTransaction } from './transaction.ts'

interface Row {
  sweep_id: string
  name: string
  created_at: string
  document: string
}

/** The stored sweeps. The runs of a sweep refer to it by its id. */
export class Sweeps {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  create({ sweepId, name, createdAt, document }: StoredSweep): void {
    const { document: spec, sha256 } = new KeptSignals(this.#db).keep(document.spec)
    this.#db.prepare('INSERT INTO sweeps (sweep_id, name, created_at, document, samples) VALUES (?, ?, ?, ?, ?)')
      .run(sweepId, name, createdAt, canonicalJson({ ...document, spec }), sha256)
  }

  /**
   * The last one that was started first, whatever the clock showed. Without sweeps whose document can no longer be read. Their runs are
   * still listed.
   */
  list(): StoredSweep[] {
    return this.#db.prepare<[], Row>('SELECT * FROM sweeps ORDER BY rowid DESC').all().flatMap((row) => sweepOf(row) ?? [])
  }

  /** @throws LibraryError no-run, damaged */
  get(sweepId: string): StoredSweep {
    const row = this.#db.prepare<[string], Row>('SELECT * FROM sweeps WHERE sweep_id = ?').get(sweepId)
    if (!row) throw new LibraryError('no-run', `The library has no sweep ${sweepId}.`)
    const sweep = sweepOf(row)
    if (!sweep) throw new LibraryError('damaged', `The document of sweep ${sweepId} could not be read. Its runs are not affected.`)
    return sweep
  }

  /** Loss of each run of a sweep at an epoch. */
  losses(sweepId: string, epoch: number): Map<string, number> {
    const rows = this.#db.prepare<{ sweepId: string; epoch: number }, [string, number | null]>(`
      SELECT run_id, (${meanOf20('epochs.run_id = runs.run_id AND epoch <= $epoch')}) FROM runs WHERE sweep_id = $sweepId
    `).raw().all({ sweepId, epoch })
    return new Map(rows.map(([runId, loss]) => [runId, loss ?? NaN]))
  }

  /** Ends a round, all or nothing. @returns false, without a change, if the runs of the sweep are not as they were seen */
  endRound(sweepId: string, { seen, stop, advance, at }: RoundEnd): boolean {
    return inTransaction(this.#db, () => {
      const runs = new Runs(this.#db)
      if (!this.#areAsSeen(sweepId, seen)) return false
      for (const { runId, error } of stop) runs.stop(runId, error, at)
      runs.requeue(advance, at, false)
      return true
    })
  }

  #areAsSeen(sweepId: string, seen: readonly SeenRun[]): boolean {
    const known = new Map(seen.map((run) => [run.runId, run]))
    const runs = this.#db.prepare<[string], SeenRun>(`
      SELECT run_id AS runId, status, epochs_done AS epochsDone FROM runs WHERE sweep_id = ?
    `).all(sweepId)
    const isAsSeen = ({ runId, status, epochsDone }: SeenRun) =>
      known.get(runId)?.status === status && known.get(runId)?.epochsDone === epochsDone
    return runs.length === known.size && runs.every(isAsSeen)
  }
}

function sweepOf({ sweep_id: sweepId, name, created_at: createdAt, document }: Row): StoredSweep | null {
  try {
    return storedSweepSchema.parse({ sweepId, name, createdAt, document: JSON.parse(document) })
  } catch {
    return null
  }
}

function createRuns(db: Database, runs: readonly NewRun[], sweep: StoredSweep | null): void {
  inTransaction(db, () => {
    if (sweep) new Sweeps(db).create(sweep)
    new Runs(db).create(runs)
  })
}

export const sweepOperations = {
  /** Saves new runs and their sweep with the status `queued`, at the end of the queue, owned by this process; all or none. */
  createRuns: write([z.array(newRunSchema), storedSweepSchema.nullable().optional()], ({ db }, runs, sweep = null) =>
    createRuns(db, runs, sweep)),
  /** Newest first. */
  sweeps: read([], ({ db }) => new Sweeps(db).list()),
  /** Rejects with `no-run` if there is no such sweep. */
  sweep: read([sweepIdSchema], ({ db }, sweepId) => new Sweeps(db).get(sweepId)),
  /** Loss of each run of a sweep at an epoch: its mean over the 20 epochs until then. NaN if the run has none. */
  losses: read([sweepIdSchema, epochNumberSchema], ({ db }, sweepId, epoch) => new Sweeps(db).losses(sweepId, epoch)),
  /**
   * Stops paused runs of a sweep, and queues others again, owned by this process, at the end of the queue; all or none. Resolves to false,
   * and changes nothing, if the runs of the sweep are not as they were seen, because a program has changed them since.
   */
  endRound: write([sweepIdSchema, roundEndSchema], ({ db }, sweepId, end) => new Sweeps(db).endRound(sweepId, end)),
}
