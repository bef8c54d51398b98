import type { Database } from 'better-sqlite3'
import * as z from 'zod'
import { OWN } from '../contract/contract.ts'
import { canonicalJson, jsonOrUndefined } from './canonical-json.ts'
import { LibraryError } from './error.ts'
import { read, write } from './operation.ts'
import { type NewPreset, newPresetSchema, type StoredPreset } from './protocol.ts'
import { KeptSignals } from './samples.ts'
import { inTransaction } from './transaction.ts'

interface Row {
  id: string
  title: string
  description: string
  provenance: string
  spec: string
}

/** The user's own presets. Their ids are derived from their titles, which are unique regardless of case. */
export class Presets {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** Sorted by title. */
  all(): StoredPreset[] {
    const rows = this.#db.prepare<[], Row>('SELECT preset_id AS id, title, description, provenance, spec FROM presets').all()
    return rows
      .map(({ spec, ...preset }) => ({ ...preset, spec: jsonOrUndefined(spec) }))
      .sort((a, b) => a.title.localeCompare(b.title, 'en'))
  }

  /** @returns the new preset's id, or null if another preset has that title */
  save({ title, description, provenance, spec, createdAt }: NewPreset): string | null {
    return inTransaction(this.#db, () => {
      const others = this.#db.prepare<[], Pick<Row, 'id' | 'title'>>('SELECT preset_id AS id, title FROM presets').all()
      if (others.some((other) => folded(other.title) === folded(title))) return null
      const id = freeId(title, new Set(others.map((other) => other.id)))
      const { document, sha256 } = new KeptSignals(this.#db).keep(spec)
      this.#db.prepare('INSERT INTO presets (preset_id, title, description, provenance, created_at, spec, samples) VALUES (?, ?, ?, ?, ?, ?, ?)')
        .run(id, title, description, provenance, createdAt, canonicalJson(document), sha256)
      return id
    })
  }

  /** Its samples stay until runs are deleted, because the deletion can be undone. */
  delete(id: string): void {
    const { changes } = this.#db.prepare('DELETE FROM presets WHERE preset_id = ?').run(id)
    if (changes === 0) throw new LibraryError('no-preset', `The library has no preset ${id}.`)
  }
}

const folded = (title: string) => title.trim().toLowerCase()

const LONGEST_SLUG = 60

/** 'own/threshold-0-77' for 'Threshold 0.77'. A number is appended if the id is taken. */
function freeId(title: string, taken: ReadonlySet<string>): string {
  const words = title.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').match(/[\p{L}\p{N}]+/gu) ?? ['preset']
  const stem = `${OWN}${words.join('-').slice(0, LONGEST_SLUG)}`
  for (let count = 1; ; count++) {
    const id = count === 1 ? stem : `${stem}-${count}`
    if (!taken.has(id)) return id
  }
}

export const presetOperations = {
  /** The user's own presets, sorted by title. */
  presets: read([], ({ db }) => new Presets(db).all()),
  /** Resolves to the new preset's id, or to null if another preset has that title. */
  savePreset: write([newPresetSchema], ({ db }, preset) => new Presets(db).save(preset)),
  deletePreset: write([z.string().min(1)], ({ db }, presetId) => new Presets(db).delete(presetId)),
}
