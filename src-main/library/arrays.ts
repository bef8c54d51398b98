import type { Database } from 'better-sqlite3'
import { createHash } from 'node:crypto'
import type { ArrayInfo } from '../contract/run.ts'
import { bytesOf, codecOf, fromBytes } from './codec.ts'
import { LibraryError } from './error.ts'
import type { NamedArray, ReadArray } from './protocol.ts'

/** Kept arrays: weights, conductances, outputs, spikes. */
export class Arrays {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** All of them or none. */
  put(runId: string, epoch: number, arrays: NamedArray[]): void {
    const insert = this.#db.prepare(`
      INSERT INTO arrays (run_id, epoch, kind, name, codec, shape, sha256, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    `)
    this.#db.transaction(() => {
      for (const { kind, name, shape, data } of arrays) {
        const bytes = bytesOf(data)
        insert.run(runId, epoch, kind, name, codecOf(data), JSON.stringify(shape), sha256(bytes), bytes)
      }
    })()
  }

  of(runId: string): ArrayInfo[] {
    return this.#db.prepare<[string], InfoRow>(`
      SELECT ${INFO} FROM arrays WHERE run_id = ? ORDER BY epoch, kind, name
    `).all(runId).map(infoOf)
  }

  read(runId: string, epoch: number, kind: string, name: string): ReadArray {
    const what = `${kind} '${name}' of epoch ${epoch} of run ${runId}`
    const row = this.#db.prepare<[string, number, string, string], InfoRow & { data: Uint8Array }>(`
      SELECT ${INFO}, data FROM arrays WHERE run_id = ? AND epoch = ? AND kind = ? AND name = ?
    `).get(runId, epoch, kind, name)
    if (!row) throw new LibraryError('no-array', `the library has no ${what}`)
    if (sha256(row.data) !== row.sha256) {
      throw new LibraryError('damaged', `${what} is damaged: its SHA-256 is not that of what was written; everything else can be used`)
    }
    return { info: infoOf(row), data: fromBytes(row.codec, row.data) }
  }
}

const INFO = 'epoch, kind, name, shape, codec, length(data) AS bytes, sha256'

interface InfoRow extends Omit<ArrayInfo, 'shape'> {
  shape: string
}

const infoOf = ({ epoch, kind, name, shape, codec, bytes, sha256 }: InfoRow): ArrayInfo =>
  ({ epoch, kind, name, shape: JSON.parse(shape) as number[], codec, bytes, sha256 })

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
