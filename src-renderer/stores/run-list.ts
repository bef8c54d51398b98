import { defineStore } from 'pinia'
import { ref, shallowReactive, shallowRef } from 'vue'
import { call, type CallOutput, type Cell, type ListedGroup, MOST_SHOWN, on, type Shelf, type SummaryCell } from '../bridge/bridge.ts'
import { errorIn } from './queries.ts'
import type { Sort } from './settings.ts'

export type { Cell, SummaryCell } from '../bridge/bridge.ts'

/** What the list shows. */
export interface ListQuestion {
  shelf: Shelf
  /** A query that is wrong does not filter. */
  query: string
  sort: Sort
  groupBy: readonly string[]
  replicates: boolean
  /** Names whose values each group shows. */
  columns: readonly string[]
  /** Names whose values each run shows besides its summary. */
  ofRuns: readonly string[]
}

/** Values of a run or a group by column. */
export type ByColumn<Value> = Readonly<Record<string, Value>>
export interface GroupValues {
  /** What its runs share. */
  keys: readonly Cell[]
  cells: ByColumn<SummaryCell>
}
const byColumn = <Value>(columns: readonly string[], values: readonly Value[]): ByColumn<Value> =>
  Object.fromEntries(columns.map((column, index) => [column, values[index]!]))

type Ordered = Extract<CallOutput<'runs.order'>, { ok: true }>

/** All runs of the list by their ids. */
export interface ListOrder extends Pick<Ordered, 'groups' | 'tasks' | 'largest'> {
  question: ListQuestion
  runIds: readonly string[]
}

/** Values kept besides those in sight. */
const KEPT = 1000

/** Values by an id, of which those that changed are read again when they are in sight. */
class Values<Value> {
  readonly all = shallowReactive(new Map<string, Value>())
  readonly #current = new Set<string>()

  expire(ids?: readonly string[]): void {
    if (ids === undefined) this.#current.clear()
    else for (const id of ids) this.#current.delete(id)
  }

  clear(): void {
    this.#current.clear()
    this.all.clear()
  }

  /** Those to read now. One that expires while it is read is read once more. */
  take(wanted: readonly string[]): string[] {
    const taken = wanted.filter((id) => !this.#current.has(id)).slice(0, MOST_SHOWN)
    for (const id of taken) this.#current.add(id)
    return taken
  }

  put(found: readonly (readonly [string, Value])[], wanted: readonly string[]): void {
    for (const [id, value] of found) this.all.set(id, value)
    const inSight = new Set(wanted)
    for (const id of this.all.keys()) {
      if (this.all.size <= KEPT + inSight.size) return
      if (inSight.has(id)) continue
      this.all.delete(id)
      this.#current.delete(id)
    }
  }
}

/** The list of runs on the Library screen: all ids in order, and the values of the rows in sight. */
export const useRunList = defineStore('run-list', () => {
  /** Null until it is read. */
  const order = shallowRef<ListOrder | null>(null)
  /** Why the list could not be read; null if it could. */
  const failure = ref<string | null>(null)
  const cells = new Values<ByColumn<Cell>>()
  const groups = new Values<GroupValues>()
  let question: ListQuestion | null = null
  let wanted: { runIds: readonly string[]; keys: readonly string[] } = { runIds: [], keys: [] }

  /** Value of a column that a summary does not have; undefined until it is read. */
  const cellOf = (runId: string, name: string): Cell | undefined => cells.all.get(runId)?.[name]
  /** What a group shares; undefined until it is read. */
  const groupOf = (key: string) => groups.all.get(key)

  /** All ids as the library told them, and one by one. */
  let [text, ids]: [string, readonly string[]] = ['', []]
  let latest = 0
  /**
   * Read the order. An answer that comes after a newer question is dropped.
   * @param prepare reads what the first rows show, so that none of them is empty at first
   */
  const refresh = async (asked: ListQuestion, prepare: (next: ListOrder) => Promise<void> = async () => {}) => {
    const own = ++latest
    try {
      const answer = await call('runs.order', { ...listingOf(asked), sort: { name: asked.sort.column, descending: asked.sort.descending } })
      if (own !== latest || !answer.ok) return
      const { runIds, groups, tasks, largest } = answer
      expireFor(asked)
      if (runIds !== text) ids = runIds === '' ? [] : runIds.split(' ')
      text = runIds
      const next = { question: asked, runIds: ids, groups, tasks, largest }
      await prepare(next)
      if (own !== latest) return
      order.value = next
      failure.value = null
      await read()
    } catch (error) {
      if (own === latest) failure.value = (error as Error).message
    }
  }

  /** The values were read for what was shown before. */
  const expireFor = (asked: ListQuestion) => {
    if (!isSame(question?.ofRuns, asked.ofRuns)) cells.clear()
    else asked = { ...asked, ofRuns: question!.ofRuns }
    if (isSameListing(question, asked)) groups.expire()
    else groups.clear()
    question = asked
  }

  let [reading, readAgain] = [false, false]
  /** Read the missing values of what is in sight. What is scrolled past meanwhile is left out. */
  const read = async () => {
    readAgain = true
    if (reading) return
    reading = true
    try {
      while (question !== null && readAgain) {
        readAgain = false
        if (await readMissing(question)) readAgain = true
      }
      failure.value = null
    } catch (error) {
      failure.value = (error as Error).message
    } finally {
      reading = false
    }
  }
  /** @returns whether anything was missing */
  const readMissing = async (asked: ListQuestion): Promise<boolean> => {
    const [runIds, keys] = [asked.ofRuns.length === 0 ? [] : cells.take(wanted.runIds), groups.take(wanted.keys)]
    try {
      await Promise.all([readCells(asked, runIds), readGroups(asked, keys)])
      return runIds.length + keys.length > 0
    } catch (error) {
      cells.expire(runIds)
      groups.expire(keys)
      throw error
    }
  }
  const readCells = async (asked: ListQuestion, runIds: string[]) => {
    if (runIds.length === 0) return
    const rows = await call('runs.cells', { runIds, columns: [...asked.ofRuns] })
    if (asked.ofRuns !== question?.ofRuns) return
    cells.put(rows.map(({ runId, cells }) => [runId, byColumn(asked.ofRuns, cells)] as const), wanted.runIds)
  }
  const readGroups = async (asked: ListQuestion, keys: string[]) => {
    if (keys.length === 0) return
    const answer = await call('runs.groups', { ...listingOf(asked), columns: [...asked.columns], keys })
    if (!answer.ok || !isSameListing(asked, question)) return
    const values = ({ keys, cells }: ListedGroup): GroupValues => ({ keys, cells: byColumn(asked.columns, cells) })
    groups.put(answer.groups.map((group) => [group.key, values(group)] as const), wanted.keys)
  }

  /** Read the values of these rows, and of no others. */
  const see = (runIds: readonly string[], keys: readonly string[]): Promise<void> => {
    wanted = { runIds, keys }
    return read()
  }

  on('run.changed', ({ summary }) => cells.expire([summary.runId]))
  on('library.changed', () => cells.expire())

  return { order, failure, cellOf, groupOf, refresh, see }
})

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

const isSameListing = (a: ListQuestion | null, b: ListQuestion | null) =>
  a !== null && b !== null && isSame([a.columns, listingOf(a)], [b.columns, listingOf(b)])

const listingOf = ({ shelf, query, groupBy, replicates }: ListQuestion) =>
  ({ shelf, query: errorIn(query) === null ? query : '', groupBy: [...groupBy], replicates })
