import type { Database } from 'better-sqlite3'
import * as z from 'zod'
import { jsonOrUndefined } from './canonical-json.ts'
import { LibraryError } from './error.ts'
import { read, write } from './operation.ts'
import { type Kept, newFigureSchema, newViewSchema } from './protocol.ts'

/** Documents of one kind that the user keeps, by their names, which are unique regardless of case. */
export class KeptDocuments {
  readonly #db: Database
  readonly #kind: 'figure' | 'view'
  constructor(db: Database, kind: 'figure' | 'view') {
    this.#db = db
    this.#kind = kind
  }

  /** Last changed first. */
  all(): Kept[] {
    return this.#db.prepare<[], Kept & { document: string }>(
      `SELECT name, changed_at AS changedAt, document FROM ${this.#kind}s ORDER BY changed_at DESC, name`,
    ).all().map((kept) => ({ ...kept, document: jsonOrUndefined(kept.document) }))
  }

  /** Replaces a document of this name. */
  save({ name, changedAt, document }: Kept): void {
    this.#db.prepare(`
      INSERT INTO ${this.#kind}s (name, changed_at, document) VALUES (?, ?, ?)
      ON CONFLICT (name) DO UPDATE SET name = excluded.name, changed_at = excluded.changed_at, document = excluded.document
    `).run(name, changedAt, JSON.stringify(document))
  }

  delete(name: string): void {
    const { changes } = this.#db.prepare(`DELETE FROM ${this.#kind}s WHERE name = ?`).run(name)
    if (changes === 0) throw new LibraryError(`no-${this.#kind}`, `The library has no ${this.#kind} ${name}.`)
  }
}

const nameSchema = z.string().min(1)

export const keptOperations = {
  /** Figures that the user keeps, last changed first. */
  figures: read([], ({ db }) => new KeptDocuments(db, 'figure').all()),
  saveFigure: write([newFigureSchema], ({ db }, figure) => new KeptDocuments(db, 'figure').save(figure)),
  deleteFigure: write([nameSchema], ({ db }, name) => new KeptDocuments(db, 'figure').delete(name)),
  /** Views that the user keeps, last changed first. */
  views: read([], ({ db }) => new KeptDocuments(db, 'view').all()),
  saveView: write([newViewSchema], ({ db }, view) => new KeptDocuments(db, 'view').save(view)),
  deleteView: write([nameSchema], ({ db }, name) => new KeptDocuments(db, 'view').delete(name)),
}
