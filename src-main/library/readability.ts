import type { Database } from 'better-sqlite3'
import type { Search } from './protocol.ts'
import { parseTexts, type Texts } from './stored-texts.ts'

/** A longer spec, such as one with a long signal, is read only when its run is. A list would take seconds otherwise. */
const LONGEST_BYTES = 100_000
/** Texts that are remembered as readable. */
const MOST_REMEMBERED = 1000

/** How long one request may read, ms. Other requests are answered in between. */
const LONGEST_MS = 20
const ROWS_A_STEP = 50

type Row = [runId: string, spec: string | null, environment: string, rowid: number, content: string]

/** Changes if a run is deleted and imported again, by this connection or another. */
const CONTENT = `rowid || ' ' || octet_length(spec) || ' ' || octet_length(environment)`
const COLUMNS = `run_id, iif(octet_length(spec) > ${LONGEST_BYTES}, NULL, spec), environment, rowid, ${CONTENT}`
const GIVEN = 'run_id IN (SELECT value FROM json_each(?))'

/** Why a run with this content cannot be read. */
interface Reason {
  text: string
  content: string
}

/**
 * Finds the runs whose spec or environment cannot be read, so that a list can name them. Reads each run once. All specs of a large
 * library take a third of a second, so a list of all runs has only the reasons that are known by then.
 */
export class Readability {
  readonly #db: Database
  /** Why each run cannot be read; null if it can. */
  readonly #reasons = new Map<string, Reason | null>()
  readonly #readable = new Set<string>()
  /** Row up to which `findNext` has read. */
  #readTo = 0

  constructor(db: Database) {
    this.#db = db
  }

  /** Why each of the runs cannot be read; null if it can. */
  of(runIds: readonly string[]): (string | null)[] {
    const unknown = runIds.filter((runId) => !this.#reasons.has(runId))
    if (unknown.length > 0) this.#readRuns(unknown)
    return this.known(runIds)
  }

  /** Like `of`, without reading: null also if it is not known yet. */
  known(runIds: readonly string[]): (string | null)[] {
    this.#forgetReplaced(runIds.filter((runId) => this.#reasons.get(runId)))
    return runIds.map((runId) => this.#reasons.get(runId)?.text ?? null)
  }

  /** Reads the runs that were not read yet, until the time of one request is over. */
  findNext(): Search {
    const begun = performance.now()
    const next = this.#db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM runs WHERE rowid > ? ORDER BY rowid LIMIT ${ROWS_A_STEP}`).raw()
    let found = 0
    do {
      const rows = next.all(this.#readTo)
      if (rows.length === 0) return { found, done: true }
      found += this.#read(rows)
      this.#readTo = rows[rows.length - 1]![3]
    } while (performance.now() - begun < LONGEST_MS)
    return { found, done: false }
  }

  note(runId: string, text: string): void {
    const content = this.#contentsOf([runId]).get(runId)
    if (content !== undefined) this.#reasons.set(runId, { text, content })
  }

  #forgetReplaced(runIds: readonly string[]): void {
    if (runIds.length === 0) return
    const contents = this.#contentsOf(runIds)
    for (const runId of runIds) if (this.#reasons.get(runId)?.content !== contents.get(runId)) this.#reasons.delete(runId)
  }

  #contentsOf(runIds: readonly string[]): Map<string, string> {
    const contents = this.#db.prepare<[string], [runId: string, content: string]>(`SELECT run_id, ${CONTENT} FROM runs WHERE ${GIVEN}`)
    return new Map(contents.raw().all(JSON.stringify(runIds)))
  }

  #readRuns(runIds: readonly string[]): void {
    const some = this.#db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM runs WHERE ${GIVEN}`).raw()
    this.#read(some.all(JSON.stringify(runIds)))
  }

  /** @returns how many of the runs cannot be read and were not known */
  #read(rows: readonly Row[]): number {
    let found = 0
    for (const [runId, spec, environment, , content] of rows) {
      if (this.#reasons.has(runId)) continue
      const text = spec === null ? null : this.#reasonOf(runId, { spec, environment })
      this.#reasons.set(runId, text === null ? null : { text, content })
      if (text !== null) found++
    }
    return found
  }

  #reasonOf(runId: string, texts: Texts): string | null {
    const text = texts.spec.replace(ownValues, '$1$2') + texts.environment
    if (this.#readable.has(text)) return null
    try {
      parseTexts(runId, texts)
    } catch (error) {
      return (error as Error).message
    }
    if (this.#readable.size === MOST_REMEMBERED) this.#readable.clear()
    this.#readable.add(text)
    return null
  }
}

/** What often alone differs between two runs. Any name up to this length and any seed up to this one are valid. */
const ownValues = /("name":)"[^"\\]{0,200}"|("seed":)\d{1,9}(?=[,}])/g

const known = new WeakMap<Database, Readability>()

/** What a connection knows about its runs. */
export function readabilityOf(db: Database): Readability {
  const readability = known.get(db) ?? new Readability(db)
  known.set(db, readability)
  return readability
}
