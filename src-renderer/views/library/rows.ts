import type { ListOrder } from '../../stores/run-list.ts'

/** A group of runs in the list. */
export interface ListGroup {
  key: string
  /** Names whose values its runs share; none for the replicates of one spec. */
  by: readonly string[]
  /** In the order of the list. */
  runIds: readonly string[]
  isOpen: boolean
}

/** A row of the list: a run, or a group that can be opened to show its runs. Level 2 is a run within an open group. */
export type ListRow = { id: string; level: 1 | 2; group?: undefined } | { id: string; level: 1; group: ListGroup }

/** Id of a group, which no run has. */
export const groupId = (key: string) => `group ${key}`

/** Places that are searched for before all are written down, which takes longer than a frame for a hundred thousand rows. */
const SEARCHES = 20
/** Rows that are kept as they were made: more than a screen shows. */
const KEPT = 500

type Order = Pick<ListOrder, 'runIds' | 'groups'>

/** Rows of the list, made when they are looked at. Each open group is followed by its runs. */
export class ListRows {
  readonly length: number
  readonly runIds: readonly string[]
  readonly #groups: Order['groups']
  readonly #open: ReadonlySet<string>
  readonly #by: readonly string[]
  /** For each row the number of its run, or of its group as −1 − number. */
  readonly #rows: Int32Array
  /** Rows that were looked at. The same object again is not drawn again. */
  readonly #made = new Map<number, ListRow>()
  #places: Map<string, number> | null = null
  #searches = 0

  constructor({ runIds, groups }: Order, open: ReadonlySet<string>, by: readonly string[] = []) {
    this.#by = by
    this.runIds = runIds
    this.#groups = groups
    this.#open = open
    this.#rows = rowsOf(runIds.length, groups, open)
    this.length = this.#rows.length
  }

  get hasGroups(): boolean {
    return this.#groups.length > 0
  }

  at(index: number): ListRow | undefined {
    const row = this.#rows[index]
    if (row === undefined) return undefined
    const known = this.#made.get(row)
    if (known !== undefined) return known
    if (this.#made.size >= KEPT) this.#made.clear()
    const made = row < 0 ? this.#groupRow(-1 - row) : this.#runRow(row)
    this.#made.set(row, made)
    return made
  }

  slice(from: number, to: number): ListRow[] {
    const end = Math.min(to, this.length)
    return Array.from({ length: Math.max(0, end - from) }, (_, index) => this.at(from + index)!)
  }

  /** Place of a run or a group; undefined if the list does not show it. */
  placeOf(id: string): number | undefined {
    if (this.#places === null && ++this.#searches <= SEARCHES) return this.#searched(id)
    this.#places ??= new Map(Array.from(this.#rows, (row, index) => [this.#idOf(row), index]))
    return this.#places.get(id)
  }

  #searched(id: string): number | undefined {
    const run = this.runIds.indexOf(id)
    const row = run >= 0 ? run : -1 - this.#groups.findIndex(({ key }) => groupId(key) === id)
    // Without a group, −1 − −1 is the first run.
    const place = run < 0 && row === 0 ? -1 : this.#rows.indexOf(row)
    return place < 0 ? undefined : place
  }

  /** Place of the group that has the run in a row; null if none has. */
  groupPlaceOf(index: number): number | null {
    const row = this.#rows[index]
    const group = row === undefined || row < 0 ? null : this.#groupAround(row)
    return group === null ? null : this.placeOf(groupId(this.#groups[group]!.key)) ?? null
  }

  /** The closed group that hides a run of the list; null if none does. */
  closedGroupOf(runId: string): ListRow | null {
    if (this.#groups.length === 0 || this.placeOf(runId) !== undefined) return null
    const group = this.#groupAround(this.runIds.indexOf(runId))
    return group === null ? null : this.#groupRow(group)
  }

  #idOf(row: number): string {
    return row >= 0 ? this.runIds[row]! : groupId(this.#groups[-1 - row]!.key)
  }

  #runRow(index: number): ListRow {
    return { id: this.runIds[index]!, level: this.#groupAround(index) === null ? 1 : 2 }
  }

  #groupRow(index: number): ListRow {
    const { key, from, size } = this.#groups[index]!
    const id = groupId(key)
    const runIds = this.runIds.slice(from, from + size)
    return { id, level: 1, group: { key, by: this.#by, runIds, isOpen: this.#open.has(id) } }
  }

  /** Number of the group that has a run; null if none has. */
  #groupAround(run: number): number | null {
    const index = lastFrom(this.#groups, run)
    const group = this.#groups[index]
    return group !== undefined && run < group.from + group.size ? index : null
  }
}

function rowsOf(runs: number, groups: Order['groups'], open: ReadonlySet<string>): Int32Array {
  const rows = new Int32Array(runs + groups.length)
  let [count, next] = [0, 0]
  const addRuns = (end: number) => { while (next < end) rows[count++] = next++ }
  groups.forEach(({ key, from, size }, index) => {
    addRuns(from)
    rows[count++] = -1 - index
    if (open.has(groupId(key))) addRuns(from + size)
    else next = from + size
  })
  addRuns(runs)
  return rows.slice(0, count)
}

/** Index of the last group that begins at a run or before it; −1 if none does. */
function lastFrom(groups: Order['groups'], run: number): number {
  let [low, high] = [0, groups.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (groups[middle]!.from <= run) low = middle + 1
    else high = middle
  }
  return low - 1
}
