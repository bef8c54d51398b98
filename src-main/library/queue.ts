import type { Database } from 'better-sqlite3'
import * as z from 'zod'
import { runIdSchema } from '../contract/run.ts'
import { type Priority, prioritySchema } from '../contract/sweep.ts'
import { write } from './operation.ts'
import type { Queued } from './protocol.ts'
import { inTransaction } from './transaction.ts'

/**
 * Condition on queued or running runs. SQLite uses the index of these few rows only if a query repeats the index's condition, so that
 * a query for one of the statuses needs both.
 */
export const UNFINISHED = `status IN ('queued', 'running')`
const QUEUED = `status = 'queued' AND ${UNFINISHED}`

const ranks: Readonly<Record<Priority, number>> = { high: 1, normal: 0, low: -1 }
const priorities: Readonly<Record<number, Priority>> = { 1: 'high', 0: 'normal', [-1]: 'low' }

interface Row {
  run_id: string
  owner: string | null
  priority: number
}

/** The order in which queued runs start: by priority, then by place. */
export class Queue {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  all(): (Queued & { owner: string | null })[] {
    return this.#db.prepare<[], Row>(`
      SELECT run_id, owner, priority FROM runs WHERE ${QUEUED} ORDER BY priority DESC, place, queued_at, rowid
    `).all().map(({ run_id, owner, priority }) => ({ runId: run_id, owner, priority: priorities[priority]! }))
  }

  /** The place after all others. */
  end(): number {
    return this.#extreme('max') + 1
  }

  /** The place before all others. */
  before(): number {
    return this.#extreme('min') - 1
  }

  /** Puts queued runs in this order. Runs that are not listed follow them. */
  order(runIds: readonly string[]): void {
    const put = this.#db.prepare(`UPDATE runs SET place = ? WHERE run_id = ? AND status = 'queued'`)
    inTransaction(this.#db, () => {
      const named = new Set(runIds)
      const others = this.all().map(({ runId }) => runId).filter((runId) => !named.has(runId))
      ;[...runIds, ...others].forEach((runId, place) => put.run(place, runId))
    })
  }

  prioritise(runIds: readonly string[], priority: Priority): void {
    const put = this.#db.prepare('UPDATE runs SET priority = ? WHERE run_id = ?')
    inTransaction(this.#db, () => { for (const runId of runIds) put.run(ranks[priority], runId) })
  }

  #extreme(which: 'min' | 'max'): number {
    return this.#db.prepare<[], number>(`SELECT coalesce(${which}(place), 0) FROM runs WHERE ${QUEUED}`).pluck().get()!
  }
}

export const queueOperations = {
  /** Puts queued runs in this order. Runs that are not listed follow them. */
  orderQueue: write([z.array(runIdSchema)], ({ db }, runIds) => new Queue(db).order(runIds)),
  prioritise: write([z.array(runIdSchema), prioritySchema], ({ db }, runIds, priority) =>
    new Queue(db).prioritise(runIds, priority)),
}
