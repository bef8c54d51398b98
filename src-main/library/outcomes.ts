import type { Database } from 'better-sqlite3'
import * as z from 'zod'
import type { Stability } from '../../src-engine/statistics/comparison.ts'
import { JUDGED_EPOCHS, stabilityOf } from '../../src-engine/statistics/stability.ts'
import { usesDevices } from '../../src-engine/experiment/scheme.ts'
import { baselinesOf } from '../../src-engine/task/laws.ts'
import { runIdSchema } from '../contract/run.ts'
import { Checkpoints } from './checkpoints.ts'
import { Epochs } from './epochs.ts'
import { write } from './operation.ts'
import { type Judged, type RunEnd, runEndSchema } from './protocol.ts'
import { Runs } from './runs.ts'
import { KeptSignals } from './samples.ts'
import { parseTexts, type Texts } from './stored-texts.ts'
import { inTransaction } from './transaction.ts'

/** How long one request may judge, ms. Other requests are answered in between. */
const LONGEST_MS = 20

/** The outcomes of finished runs, judged by their epochs and the targets of their task. */
export class Outcomes {
  readonly #db: Database
  readonly #epochs: Epochs
  constructor(db: Database) {
    this.#db = db
    this.#epochs = new Epochs(db)
  }

  /** Judges a finished run and saves its outcome. Changes nothing if its spec or its targets cannot be read. */
  judge(runId: string): void {
    const judged = this.of(runId)
    if (judged === null) return
    const { outcome, reasons } = judged
    this.#db.prepare('UPDATE runs SET outcome = ?, reasons = ? WHERE run_id = ?')
      .run(outcome, reasons.length > 0 ? JSON.stringify(reasons) : null, runId)
  }

  /**
   * Judges finished runs without an outcome, as earlier versions left them, until the time of one request is over.
   * @param after the last run that was looked at; an empty text starts with the first run
   */
  judgeNext(after: string): Judged {
    const begun = performance.now()
    const next = this.#db.prepare<[string], string>(`
      SELECT run_id FROM runs WHERE status = 'done' AND outcome IS NULL AND run_id > ? ORDER BY run_id LIMIT 1
    `).pluck()
    let looked = 0
    let last = after
    do {
      const runId = next.get(last)
      if (runId === undefined) return { looked, last: null }
      this.judge(runId)
      looked++
      last = runId
    } while (performance.now() - begun < LONGEST_MS)
    return { looked, last }
  }

  /** The outcome as the epochs have it now; null if the spec or the targets cannot be read. */
  of(runId: string): Stability | null {
    const texts = this.#db.prepare<[string], Texts>('SELECT spec, environment FROM runs WHERE run_id = ?').get(runId)
    // Another program may have deleted it.
    if (texts === undefined) return null
    try {
      const { spec: { task, seed, scheme } } = parseTexts(runId, texts)
      const curve = { ...this.#epochs.columnsOf(runId, JUDGED_EPOCHS), loss: this.#epochs.lossesOf(runId) }
      const complete = new KeptSignals(this.#db).completeTask(task)
      return stabilityOf(curve, baselinesOf(complete, seed), usesDevices(scheme))
    } catch {
      return null
    }
  }
}

function finishRuns(db: Database, runIds: readonly string[], end: RunEnd): void {
  inTransaction(db, () => {
    for (const runId of runIds) {
      new Runs(db).finish(runId, end)
      if (end.status !== 'done') continue
      new Checkpoints(db).dropAll(runId)
      new Outcomes(db).judge(runId)
    }
  })
}

export const outcomeOperations = {
  /** Saves the same end of all runs or none, and releases their ownership. Judges finished runs and deletes their checkpoints. */
  finishRuns: write([z.array(runIdSchema), runEndSchema], ({ db }, runIds, end) => finishRuns(db, runIds, end)),
  /** Judges finished runs that have no outcome, some at a time. Start with an empty text, then pass the last run of the answer. */
  judgeOutcomes: write([z.string()], ({ db }, after) => new Outcomes(db).judgeNext(after)),
}
