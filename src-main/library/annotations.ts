import type { Database } from 'better-sqlite3'
import type { Annotation, AnnotationChange } from '../contract/run.ts'

type Row = [runId: string, name: string | null, note: string, starred: 0 | 1]

const none: Annotation = { name: null, tags: [], note: '', starred: false }

/** What the user has written about runs: names, tags, notes and stars. A run without any has no rows. */
export class Annotations {
  readonly #db: Database
  constructor(db: Database) {
    this.#db = db
  }

  /** In the order of the runs; undefined for those without any. */
  of(runIds: readonly string[]): (Annotation | undefined)[] {
    const hasAny = this.#db.prepare('SELECT 1 FROM annotations UNION ALL SELECT 1 FROM tags LIMIT 1').get() !== undefined
    return hasAny ? this.#read(runIds) : runIds.map(() => undefined)
  }

  #read(runIds: readonly string[]): (Annotation | undefined)[] {
    const some = JSON.stringify(runIds)
    const given = 'run_id IN (SELECT value FROM json_each(?))'
    const rows = this.#db.prepare<[string], Row>(`SELECT run_id, name, note, starred FROM annotations WHERE ${given}`).raw().all(some)
    const tags = this.#db.prepare<[string], [string, string]>(`SELECT run_id, tag FROM tags WHERE ${given}`).raw().all(some)
    const found = new Map<string, Annotation>()
    for (const [runId, name, note, starred] of rows) found.set(runId, { name, tags: [], note, starred: starred === 1 })
    for (const [runId, tag] of tags) {
      const annotation = found.get(runId) ?? { ...none, tags: [] }
      annotation.tags.push(tag)
      found.set(runId, annotation)
    }
    for (const { tags } of found.values()) tags.sort(byLetters)
    return runIds.map((runId) => found.get(runId))
  }

  /** Replaces what is written about a run. */
  put(runId: string, { name, tags, note, starred }: Annotation): void {
    this.#db.prepare('DELETE FROM annotations WHERE run_id = ?').run(runId)
    this.#db.prepare('DELETE FROM tags WHERE run_id = ?').run(runId)
    if (name !== null || note !== '' || starred) {
      this.#db.prepare('INSERT INTO annotations (run_id, name, note, starred) VALUES (?, ?, ?, ?)').run(runId, name, note, Number(starred))
    }
    const addTag = this.#db.prepare('INSERT INTO tags (run_id, tag) VALUES (?, ?)')
    for (const tag of withoutRepeats(tags)) addTag.run(runId, tag)
  }

  /** Changes what is written about runs, which exist. */
  change(runIds: readonly string[], change: AnnotationChange): void {
    this.of(runIds).forEach((annotation, index) => this.put(runIds[index]!, changed(annotation ?? none, change)))
  }
}

function changed({ tags, ...annotation }: Annotation, { addTags = [], removeTags = [], ...given }: AnnotationChange): Annotation {
  const removed = new Set(removeTags.map(folded))
  const { name = annotation.name, note = annotation.note, starred = annotation.starred } = given
  return { name, note, starred, tags: [...tags.filter((tag) => !removed.has(folded(tag))), ...addTags] }
}

/** The first spelling of each tag. */
const withoutRepeats = (tags: readonly string[]) =>
  [...new Map(tags.toReversed().map((tag) => [folded(tag), tag])).values()]

const folded = (text: string) => text.toLowerCase()

const byLetters = (a: string, b: string) => (folded(a) < folded(b) ? -1 : 1)
