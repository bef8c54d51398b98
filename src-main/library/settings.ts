import type { Database } from 'better-sqlite3'
import { defaultSettings, type LibrarySettings, librarySettingsSchema } from '../contract/library.ts'
import { jsonOrUndefined } from './canonical-json.ts'
import { read, write } from './operation.ts'
import { inTransaction } from './transaction.ts'

/** The settings stored in the library. A value that fails its schema is replaced by the default. */
export class Settings {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  all(): LibrarySettings {
    const rows = this.#db.prepare<[], { name: string; value: string }>('SELECT name, value FROM settings').all()
    const stored = new Map(rows.map(({ name, value }) => [name, value]))
    const known = Object.entries(librarySettingsSchema.shape).flatMap(([name, schema]) => {
      const parsed = schema.safeParse(jsonOrUndefined(stored.get(name)))
      return parsed.success ? [[name, parsed.data]] : []
    })
    return { ...defaultSettings, ...Object.fromEntries(known) as Partial<LibrarySettings> }
  }

  change(some: Partial<LibrarySettings>): LibrarySettings {
    const put = this.#db.prepare('INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)')
    inTransaction(this.#db, () => {
      for (const [name, value] of Object.entries(some)) if (value !== undefined) put.run(name, JSON.stringify(value))
    })
    return this.all()
  }
}

export const settingOperations = {
  settings: read([], ({ db }) => new Settings(db).all()),
  configure: write([librarySettingsSchema.partial()], ({ db }, some) => new Settings(db).change(some)),
}
