import type { Database } from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { leafValues, tableValue } from '../../../src-engine/experiment/parameters.ts'
import { replicateKey } from '../../../src-engine/experiment/replicates.ts'
import type { Spec } from '../../../src-engine/experiment/spec.ts'
import { SPEC_VERSION } from '../../../src-engine/experiment/upgrades/upgrades.ts'
import { queryNames } from '../../../src-engine/query/names.ts'
import { parseTexts, type Texts } from '../stored-texts.ts'
import { inTransaction } from '../transaction.ts'

/** How long one request may index, ms. Other requests are answered in between. */
const LONGEST_MS = 20
/** Texts of specs whose replicate is remembered. */
const MOST_REMEMBERED = 1000

/** Stands for the replicate of a run whose spec cannot be read. */
const UNREADABLE = 0

/** Part of the runs without an index that was indexed. */
export interface Indexed {
  indexed: number
  done: boolean
}

type Row = [runId: string, spec: string, environment: string]

/**
 * Index of the parameters of all specs, which are JSON: one row for each parameter of each replicate. Follows from the specs, so it can be
 * made again at any time.
 */
export class ParameterIndex {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** Indexes a new run. */
  put(runId: string, spec: Spec): void {
    // Otherwise it is indexed with all others.
    if (this.#isCurrent()) this.#assign(runId, this.#replicateOf(keyOf(spec), spec))
  }

  /** Indexes an imported run, whose spec may be unreadable. */
  putTexts(runId: string, texts: Texts): void {
    if (this.#isCurrent()) this.#assign(runId, this.#replicateOfTexts(runId, texts))
  }

  /** Indexes runs that are not indexed, until the time of one request is over. Starts again if this version has other parameters. */
  indexNext(): Indexed {
    const begun = performance.now()
    return inTransaction(this.#db, () => {
      this.#renewIfOld()
      const next = this.#db.prepare<[], Row>('SELECT run_id, spec, environment FROM runs WHERE replicate_id IS NULL LIMIT 20').raw()
      let indexed = 0
      do {
        const rows = next.all()
        if (rows.length === 0) return { indexed, done: true }
        for (const [runId, spec, environment] of rows) this.#assign(runId, this.#replicateOfTexts(runId, { spec, environment }))
        indexed += rows.length
      } while (performance.now() - begun < LONGEST_MS)
      return { indexed, done: false }
    })
  }

  /** Number of runs that are not indexed, or all if this version has other parameters. */
  missing(): number {
    const where = this.#isCurrent() ? 'WHERE replicate_id IS NULL' : ''
    return this.#db.prepare<[], number>(`SELECT count(*) FROM runs ${where}`).pluck().get()!
  }

  /** Deletes replicates that have no runs left. */
  drop(): void {
    const left = this.#db.prepare<[], number>('SELECT replicate_id FROM replicates WHERE NOT EXISTS (SELECT 1 FROM runs WHERE runs.replicate_id = replicates.replicate_id)')
      .pluck().all()
    if (left.length === 0) return
    const some = JSON.stringify(left)
    const given = 'replicate_id IN (SELECT value FROM json_each(?))'
    this.#db.prepare(`DELETE FROM parameters WHERE name_id IN (SELECT name_id FROM parameter_names) AND ${given}`).run(some)
    this.#db.prepare(`DELETE FROM replicates WHERE ${given}`).run(some)
  }

  #assign(runId: string, replicate: number): void {
    this.#db.prepare('UPDATE runs SET replicate_id = ? WHERE run_id = ?').run(replicate, runId)
  }

  #replicateOfTexts(runId: string, texts: Texts): number {
    const remembered = rememberedOf(this.#db)
    const text = texts.spec.replace(ownValues, '$1$2$3') + texts.environment
    const known = this.#replicateWith(remembered.get(text))
    if (known !== null) return known
    const spec = specIn(runId, texts)
    if (spec === null) return UNREADABLE
    if (remembered.size === MOST_REMEMBERED) remembered.clear()
    const key = keyOf(spec)
    remembered.set(text, key)
    return this.#replicateOf(key, spec)
  }

  #replicateWith(key: string | undefined): number | null {
    if (key === undefined) return null
    return this.#db.prepare<[string], number>('SELECT replicate_id FROM replicates WHERE key = ?').pluck().get(key) ?? null
  }

  #replicateOf(key: string, spec: Spec): number {
    const known = this.#replicateWith(key)
    if (known !== null) return known
    const replicate = Number(this.#db.prepare('INSERT INTO replicates (key) VALUES (?)').run(key).lastInsertRowid)
    const leaves = leafValues(spec)
    const put = this.#db.prepare(`
      INSERT INTO parameters (name_id, replicate_id, number, text) VALUES ((SELECT name_id FROM parameter_names WHERE name = ?), ?, ?, ?)
    `)
    for (const path of parameterPaths()) {
      const value = leaves.get(path)
      if (value !== undefined && value !== null) put.run(path, replicate, numberIn(value), textIn(value))
    }
    return replicate
  }

  /** Empties the index if it was made by a version with other parameters. */
  #renewIfOld(): void {
    if (this.#isCurrent()) return
    const emptied = ['parameters', 'replicates', 'parameter_names'].map((table) => `DELETE FROM ${table}`)
    for (const sql of ['UPDATE runs SET replicate_id = NULL WHERE replicate_id IS NOT NULL', ...emptied]) this.#db.prepare(sql).run()
    const add = this.#db.prepare('INSERT INTO parameter_names (name, spec_version) VALUES (?, ?)')
    for (const name of parameterPaths()) add.run(name, SPEC_VERSION)
  }

  /** Whether the index has the parameters of this version, as an upgrade of specs would leave them. */
  #isCurrent(): boolean {
    const stored = this.#db.prepare<[], [string, number]>('SELECT name, spec_version FROM parameter_names ORDER BY name_id').raw().all()
    return JSON.stringify(stored) === JSON.stringify(parameterPaths().map((name) => [name, SPEC_VERSION]))
  }
}

function specIn(runId: string, texts: Texts): Spec | null {
  try {
    return parseTexts(runId, texts).spec
  } catch {
    return null
  }
}

const keyOf = (spec: Spec) => createHash('sha256').update(replicateKey(spec)).digest('hex')

const parameterPaths = () => queryNames().filter(({ origin }) => origin === 'parameter').map(({ name }) => name)

const numberIn = (value: unknown) => (typeof value === 'number' || typeof value === 'boolean' ? Number(value) : null)

const textIn = (value: unknown) => (typeof value === 'number' || typeof value === 'boolean' ? null : textOf(value))

/** A list as its window shows it: '1, 2, 3'. */
const textOf = (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(tableValue(value)))

/** In which replicates may differ. Any name up to this length and any seed up to this one are valid. */
const ownValues = /("name":)"[^"\\]{0,200}"|("preset":)"[^"\\]{0,200}"|("seed":)\d{1,9}(?=[,}])/g

/** Keys of replicates by the texts of their specs, so that each is parsed once. */
const remembered = new WeakMap<Database, Map<string, string>>()

function rememberedOf(db: Database): Map<string, string> {
  const known = remembered.get(db) ?? new Map<string, string>()
  remembered.set(db, known)
  return known
}
