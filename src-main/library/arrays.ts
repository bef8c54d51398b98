import type { Database } from 'better-sqlite3'
import * as z from 'zod'
import { RECORDED } from '../../src-engine/experiment/recording-field.ts'
import { type ArrayInfo, runIdSchema, type StoredOverview } from '../contract/run.ts'
import { bytesPerElement, type Packed, unpack } from './codec.ts'
import { LibraryError } from './error.ts'
import { read, write } from './operation.ts'
import { type ArrayData, epochNumberSchema, type PackedArray, packedArraySchema, type ReadArray } from './protocol.ts'
import { Runs } from './runs.ts'
import { KeptSignals } from './samples.ts'
import { inTransaction } from './transaction.ts'

/** Stored arrays: weights, conductances, outputs, spikes. */
export class Arrays {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /**
   * Saves all arrays or none. Deletes the snapshot of the epoch `supersedes` in the same transaction, but not what was recorded then.
   * A resumed run may save an array again, but only with the same content.
   * @throws LibraryError not-reproduced if the content differs
   */
  put(runId: string, epoch: number, arrays: readonly PackedArray[], supersedes: number | null = null): void {
    const insert = this.#db.prepare(`
      INSERT INTO arrays (run_id, epoch, kind, name, codec, packing, shape, sha256, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
    `)
    inTransaction(this.#db, () => {
      for (const { kind, name, codec, packing, shape, sha256, data } of arrays) {
        const { changes } = insert.run(runId, epoch, kind, name, codec, packing, JSON.stringify(shape), sha256, data)
        if (changes === 0) this.#requireSame(runId, epoch, kind, name, sha256)
      }
      if (supersedes !== null) {
        this.#db.prepare(`DELETE FROM arrays WHERE run_id = ? AND epoch = ? AND kind NOT LIKE '${RECORDED}%'`).run(runId, supersedes)
      }
    })
  }

  of(runId: string): ArrayInfo[] {
    return this.#db.prepare<[string], InfoRow>(`
      SELECT ${INFO} FROM arrays WHERE run_id = ? ORDER BY epoch, kind, name
    `).all(runId).map(infoOf)
  }

  /** A run without its epochs, also if its spec or environment cannot be read. @throws LibraryError no-run */
  overview(runId: string): StoredOverview {
    return { ...new Runs(this.#db).get(runId), arrays: this.of(runId) }
  }

  read(runId: string, epoch: number, kind: string, name: string): ReadArray {
    const what = describeArray(runId, { epoch, kind, name })
    const row = this.#db.prepare<[string, number, string, string], ArrayRow>(`
      SELECT ${INFO}, packing, data FROM arrays WHERE run_id = ? AND epoch = ? AND kind = ? AND name = ?
    `).get(runId, epoch, kind, name)
    if (!row) throw new LibraryError('no-array', `The library has no ${what}.`)
    const data = dataOf(row)
    if (!data) {
      throw new LibraryError('damaged', `The ${what} is damaged (wrong SHA-256). All other data can be used. `
        + 'Check and repair the library to restore it from a backup.')
    }
    return { info: infoOf(row), data }
  }

  #requireSame(runId: string, epoch: number, kind: string, name: string, sha256: string): void {
    const saved = this.#db.prepare('SELECT sha256 FROM arrays WHERE run_id = ? AND epoch = ? AND kind = ? AND name = ?')
      .pluck().get(runId, epoch, kind, name)
    if (saved !== sha256) {
      throw new LibraryError('not-reproduced', `The ${describeArray(runId, { epoch, kind, name })} differs from the saved one. `
        + 'Retry the run to start it again from the beginning.')
    }
  }
}

const { shape: shapeSchema } = packedArraySchema.shape

export interface ArrayRow extends InfoRow, Pick<Packed, 'packing' | 'data'> {}

interface InfoRow extends Omit<ArrayInfo, 'shape' | 'bytes'> {
  shape: string
}

export const INFO = 'epoch, kind, name, shape, codec, length(data) AS storedBytes, sha256'

/** Unpacks the elements; null if they are damaged. */
export function dataOf(row: ArrayRow): ArrayData | null {
  return shapeOf(row).length === 0 ? null : unpack(row, elementsOf(row)) as ArrayData | null
}

export const describeArray = (runId: string, { epoch, kind, name }: Pick<ArrayInfo, 'epoch' | 'kind' | 'name'>) =>
  `${kind} array '${name}' of epoch ${epoch} of run ${runId}`

const elementsOf = (row: InfoRow) => shapeOf(row).reduce((product, length) => product * length, 1)

/** An empty list where the shape is damaged. No array has one, so its elements are damaged, too. */
function shapeOf({ shape }: InfoRow): number[] {
  try {
    return shapeSchema.parse(JSON.parse(shape))
  } catch {
    return []
  }
}

const infoOf = (row: InfoRow): ArrayInfo => {
  const { epoch, kind, name, codec, storedBytes, sha256 } = row
  const shape = shapeOf(row)
  const bytes = elementsOf(row) * bytesPerElement(codec)
  return { epoch, kind, name, shape, codec, bytes, storedBytes, sha256 }
}

export const arrayOperations = {
  /** Saves all arrays or none. Deletes the snapshot of the epoch `supersedes` in the same transaction. */
  putArrays: write(
    [runIdSchema, epochNumberSchema, z.array(packedArraySchema), epochNumberSchema.nullable().optional()],
    ({ db }, runId, epoch, arrays, supersedes = null) => {
      new Runs(db).require(runId)
      new Arrays(db).put(runId, epoch, arrays, supersedes)
    },
  ),
  /** Rejects with `damaged` and names the array if its SHA-256 is wrong. */
  array: read([runIdSchema, epochNumberSchema, z.string(), z.string()], ({ db }, runId, epoch, kind, name) =>
    new Arrays(db).read(runId, epoch, kind, name), { transfer: ({ data }) => [data.buffer as ArrayBuffer] }),
  /** A run without its epochs, also if its spec or environment cannot be read. */
  overview: read([runIdSchema], ({ db }, runId): StoredOverview => new Arrays(db).overview(runId)),
  /** Like `overview`, with the samples of its signal. */
  complete: read([runIdSchema], ({ db }, runId): StoredOverview => new KeptSignals(db).complete(new Arrays(db).overview(runId))),
}
