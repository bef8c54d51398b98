import type { Database } from 'better-sqlite3'
import { complete, type Completion } from '../../../src-engine/query/complete.ts'
import type { QueryName } from '../../../src-engine/query/name.ts'
import { parseQuery } from '../../../src-engine/query/parse.ts'
import type { Query } from '../../../src-engine/query/tree.ts'
import type {
  CountedRuns, FoundRuns, GroupsOfList, ListedGroups, OrderedRuns, QueriedRuns, RunCells, RunOrder, RunQuery, RunRow, WhichRuns,
} from '../../contract/query.ts'
import { Binder } from './binder.ts'
import { type GroupedRun, groupRows } from './group-rows.ts'
import { dividedRuns, groupsOfList, largestAmong } from './list-groups.ts'
import { cellOf, cellSql, requireName, sqlOfName, type StoredCell } from './name-sql.ts'
import { ParameterIndex } from './parameter-index.ts'
import { sqlOfQuery } from './query-sql.ts'
import { valuesOf } from './values.ts'

/** What is filtered, sorted or grouped is read from the index of the list, which has one row per run and no spec. */
const NEWEST_FIRST = 'runs.created_at DESC, runs.run_id DESC'

type StoredRow = [runId: string, ...cells: StoredCell[]]

/** Filters, sorts and groups runs by any name of the query language. */
export class RunQueries {
  readonly #db: Database
  readonly #presetTitles: ReadonlyMap<string, string>

  /** @param presetTitles by the ids of presets; the library has those of the user alone */
  constructor(db: Database, presetTitles: Readonly<Record<string, string>>) {
    this.#db = db
    this.#presetTitles = new Map(Object.entries(presetTitles))
  }

  find({ query, shelf }: WhichRuns): FoundRuns {
    return this.#parsed(query, (tree) => {
      const binder = new Binder()
      const where = this.#where(tree, shelf, binder)
      const sql = `SELECT runs.run_id FROM runs WHERE ${where} ORDER BY ${NEWEST_FIRST}`
      const runIds = this.#db.prepare<[object], string>(sql).pluck().all(binder.values)
      return { runIds, total: runIds.length }
    })
  }

  count({ query, shelf }: WhichRuns): CountedRuns {
    return this.#parsed(query, (tree) => ({ total: this.#count(tree, shelf) }))
  }

  query(asked: RunQuery): QueriedRuns {
    return this.#parsed(asked.query, (tree) => (asked.groupBy.length === 0 ? this.#rows(tree, asked) : this.#groups(tree, asked)))
  }

  /** All runs of a list, in its order and groups. */
  order(asked: RunOrder): OrderedRuns {
    return this.#parsed(asked.query, (tree) => {
      const found = this.#found(tree, asked.shelf)
      return { ...dividedRuns(this.#db, found, asked), ...largestAmong(this.#db, found) }
    })
  }

  /** What groups of a list share, with mean and SD of their columns. */
  groups(asked: ListedGroups): GroupsOfList {
    return this.#parsed(asked.query, (tree) => {
      const groups = groupsOfList(this.#db, this.#found(tree, asked.shelf), asked)
      return { total: groups.reduce((sum, { runs }) => sum + runs, 0), groups }
    })
  }

  /** Values of these runs, without those that do not exist. */
  cells({ runIds, columns }: RunCells): RunRow[] {
    const binder = new Binder()
    const names = columns.map(requireName)
    const cells = names.map((name) => `, ${cellSql(sqlOfName(name, binder))}`).join('')
    const some = `runs.run_id IN (SELECT value FROM json_each(${binder.bind(JSON.stringify(runIds))}))`
    return this.#db.prepare<[object], StoredRow>(`SELECT runs.run_id${cells} FROM runs WHERE ${some}`).raw().all(binder.values)
      .map((row) => rowOf(row, names))
  }

  complete(query: string, cursor: number): Completion {
    return complete(query, cursor, (name) => valuesOf(this.#db, name, this.#presetTitles))
  }

  #parsed<Answer>(text: string, answer: (tree: Query | null) => Answer) {
    const parsed = parseQuery(text)
    if (!parsed.ok) return parsed
    return { ok: true as const, notIndexed: new ParameterIndex(this.#db).missing(), ...answer(parsed.query) }
  }

  #where(tree: Query | null, shelf: WhichRuns['shelf'], binder: Binder): string {
    const found = tree === null ? '1' : sqlOfQuery(tree, { binder, presetTitles: this.#presetTitles })
    return shelf === null ? found : `runs.shelf = ${binder.bind(shelf)} AND ${found}`
  }

  #found(tree: Query | null, shelf: WhichRuns['shelf']) {
    const binder = new Binder()
    return { binder, where: this.#where(tree, shelf, binder), presetTitles: this.#presetTitles }
  }

  #count(tree: Query | null, shelf: WhichRuns['shelf']): number {
    const binder = new Binder()
    const where = this.#where(tree, shelf, binder)
    return this.#db.prepare<[object], number>(`SELECT count(*) FROM runs WHERE ${where}`).pluck().get(binder.values)!
  }

  #rows(tree: Query | null, { shelf, columns, sort, offset, limit }: RunQuery) {
    const binder = new Binder()
    const names = columns.map(requireName)
    const order = sort.map(({ name, descending }) => `${sqlOfName(requireName(name), binder).value} ${descending ? 'DESC' : 'ASC'} NULLS LAST`)
    const cells = names.map((name) => `, ${cellSql(sqlOfName(name, binder))}`).join('')
    const stored = this.#db.prepare<[object], StoredRow>(`
      SELECT runs.run_id${cells} FROM runs WHERE ${this.#where(tree, shelf, binder)} ORDER BY ${[...order, NEWEST_FIRST].join(', ')}
      LIMIT ${binder.bind(limit)} OFFSET ${binder.bind(offset)}
    `).raw().all(binder.values)
    return { total: this.#count(tree, shelf), totalGroups: 0, rows: stored.map((row) => rowOf(row, names)), groups: [] }
  }

  #groups(tree: Query | null, { shelf, columns, groupBy, sort, offset, limit }: RunQuery) {
    const binder = new Binder()
    const read = (names: readonly string[]) => names.map(requireName)
    const [keys, values] = [read(groupBy), read(columns)]
    const cells = [...keys, ...values].map((name) => `, ${cellSql(sqlOfName(name, binder))}`).join('')
    const runs = this.#db.prepare<[object], GroupedRun>(`
      SELECT runs.run_id${cells} FROM runs WHERE ${this.#where(tree, shelf, binder)} ORDER BY ${NEWEST_FIRST}
    `).raw().all(binder.values)
    const groups = groupRows(runs, keys, values, sort)
    return { total: runs.length, totalGroups: groups.length, rows: [], groups: groups.slice(offset, offset + limit) }
  }
}

const rowOf = ([runId, ...cells]: StoredRow, names: readonly QueryName[]): RunRow =>
  ({ runId, cells: cells.map((cell, index) => cellOf(names[index]!, cell)) })
