import type { Database } from 'better-sqlite3'
import { type Elements, type Packed, unpack } from './codec.ts'
import { LibraryError } from './error.ts'
import type { Checkpoint, PackedPart } from './protocol.ts'

/** The one before is kept too: should the newest be damaged, a run goes on from there. */
const KEPT = 2

/** Whole states of trainers, of which a run goes on. */
export class Checkpoints {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** All parts or none; of the run's checkpoints the newest two stay. */
  put(runId: string, sequences: number, parts: readonly PackedPart[]): void {
    const insert = this.#db.prepare(`
      INSERT OR REPLACE INTO checkpoints (run_id, sequences, name, parts, codec, length, packing, sha256, data)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    `)
    this.#db.transaction(() => {
      for (const { name, codec, length, packing, sha256, data } of parts) {
        insert.run(runId, sequences, name, parts.length, codec, length, packing, sha256, data)
      }
      this.#db.prepare(`
        DELETE FROM checkpoints WHERE run_id = $runId AND sequences NOT IN (
          SELECT DISTINCT sequences FROM checkpoints WHERE run_id = $runId ORDER BY sequences DESC LIMIT ${KEPT}
        )
      `).run({ runId })
    })()
  }

  /** The newest that is whole; null where there is none at all. @throws LibraryError damaged where there are some, but none is whole */
  newest(runId: string): Checkpoint | null {
    const moments = this.#moments(runId)
    for (const sequences of moments) {
      const state = this.#read(runId, sequences)
      if (state) return { sequences, state }
    }
    if (moments.length === 0) return null
    throw new LibraryError('damaged', `the checkpoints of run ${runId} are damaged: it can be run again from the start, but not resumed`)
  }

  dropAll(runId: string): void {
    this.#db.prepare('DELETE FROM checkpoints WHERE run_id = ?').run(runId)
  }

  #moments(runId: string): number[] {
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
