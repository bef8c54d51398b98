import type { Database } from 'better-sqlite3'
import * as z from 'zod'
import { runIdSchema } from '../contract/run.ts'
import { type Elements, type Packed, unpack } from './codec.ts'
import { LibraryError } from './error.ts'
import { read, write } from './operation.ts'
import { type Checkpoint, type PackedPart, packedPartSchema } from './protocol.ts'
import { Runs } from './runs.ts'
import { inTransaction } from './transaction.ts'

/** Checkpoints kept per run. If the newest is damaged, the run resumes from the one before. */
const KEPT = 2

/** Trainer checkpoints that a run resumes from. */
export class Checkpoints {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** Saves all parts or none, and deletes all but the newest two checkpoints of the run. */
  put(runId: string, sequences: number, parts: readonly PackedPart[]): void {
    const insert = this.#db.prepare(`
      INSERT OR REPLACE INTO checkpoints (run_id, sequences, name, parts, codec, length, packing, sha256, data)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    `)
    inTransaction(this.#db, () => {
      for (const { name, codec, length, packing, sha256, data } of parts) {
        insert.run(runId, sequences, name, parts.length, codec, length, packing, sha256, data)
      }
      this.#db.prepare(`
        DELETE FROM checkpoints WHERE run_id = $runId AND sequences NOT IN (
          SELECT DISTINCT sequences FROM checkpoints WHERE run_id = $runId ORDER BY sequences DESC LIMIT ${KEPT}
        )
      `).run({ runId })
    })
  }

  /** The newest intact checkpoint; null if there is no checkpoint. @throws LibraryError damaged if all checkpoints are damaged */
  newest(runId: string): Checkpoint | null {
    const all = this.#sequencesOf(runId)
    for (const sequences of all) {
      const state = this.#read(runId, sequences)
      if (state) return { sequences, state }
    }
    if (all.length === 0) return null
    throw new LibraryError('damaged', `All checkpoints of run ${runId} are damaged, so it cannot be resumed. `
      + 'Its results so far are saved. Retry it to run it again from the beginning.')
  }

  dropAll(runId: string): void {
    this.#db.prepare('DELETE FROM checkpoints WHERE run_id = ?').run(runId)
  }

  #sequencesOf(runId: string): number[] {
    return this.#db.prepare<[string], number>('SELECT DISTINCT sequences FROM checkpoints WHERE run_id = ? ORDER BY sequences DESC')
      .pluck().all(runId)
  }

  #read(runId: string, sequences: number): Record<string, Elements> | null {
    const rows = this.#db.prepare<[string, number], PartRow>('SELECT * FROM checkpoints WHERE run_id = ? AND sequences = ?').all(runId, sequences)
    const state: Record<string, Elements> = {}
    for (const row of rows) {
      const values = unpack(row, row.length)
      if (values === null || row.parts !== rows.length) return null
      state[row.name] = values
    }
    return state
  }
}

export interface PartRow extends Packed {
  name: string
  parts: number
  length: number
}

export const checkpointOperations = {
  /** Saves the complete trainer state after `sequences` sequences, all parts or none. */
  putCheckpoint: write([runIdSchema, z.int().min(0), z.array(packedPartSchema).min(1)], ({ db }, runId, sequences, parts) => {
    new Runs(db).require(runId)
    new Checkpoints(db).put(runId, sequences, parts)
  }),
  /** The newest intact checkpoint; null if there is no checkpoint. Rejects with `damaged` if all checkpoints are damaged. */
  checkpoint: read([runIdSchema], ({ db }, runId) => {
    new Runs(db).require(runId)
    return new Checkpoints(db).newest(runId)
  }, { transfer: (newest) => Object.values(newest?.state ?? {}).map(({ buffer }) => buffer as ArrayBuffer) }),
}
