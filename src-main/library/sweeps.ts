import type { Database } from 'better-sqlite3'
import { canonicalJson } from './canonical-json.ts'
import { LibraryError } from './error.ts'
import { type StoredSweep, storedSweepSchema } from './protocol.ts'

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
    this.#db.prepare('INSERT INTO sweeps (sweep_id, name, created_at, document) VALUES (?, ?, ?, ?)')
      .run(sweepId, name, createdAt, canonicalJson(document))
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
}

function sweepOf({ sweep_id: sweepId, name, created_at: createdAt, document }: Row): StoredSweep | null {
  try {
    return storedSweepSchema.parse({ sweepId, name, createdAt, document: JSON.parse(document) })
  } catch {
    return null
  }
}
