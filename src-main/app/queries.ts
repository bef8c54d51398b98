import type { Completion } from '../../src-engine/query/complete.ts'
import type { Preset } from '../contract/contract.ts'
import type {
  CountedRuns, FoundRuns, GroupsOfList, ListedGroups, OrderedRuns, QueriedRuns, RunCells, RunOrder, RunQuery, RunRow, WhichRuns,
} from '../contract/query.ts'
import type { Library } from '../library/library.ts'

/** Questions to the library in the query language. A query with an error has no answer but the error with its place. */
export interface QueryService {
  /** Ids of the runs that a query finds, newest first. */
  find(which: WhichRuns): Promise<FoundRuns>
  count(which: WhichRuns): Promise<CountedRuns>
  /** Values of runs, sorted and page by page, or of groups of runs with mean, SD and n. */
  query(asked: RunQuery): Promise<QueriedRuns>
  /** Ids of the runs of a list, in its order and groups. */
  order(asked: RunOrder): Promise<OrderedRuns>
  /** Values of some groups of a list. */
  groups(asked: ListedGroups): Promise<GroupsOfList>
  /** Values of runs by their ids. */
  cells(asked: RunCells): Promise<RunRow[]>
  /** What can be written at the cursor. */
  complete(query: string, cursor: number): Promise<Completion>
  /** Index the parameters of runs that earlier versions have saved, so that queries find them. Calls at the same time share the work. */
  index(): Promise<void>
}

type Counted = FoundRuns | CountedRuns | QueriedRuns | OrderedRuns

/** The answer to a query that was parsed before. @throws Error if it was not */
export function answerOf<Answer extends { ok: boolean }>(answer: Answer): Extract<Answer, { ok: true }> {
  if (!answer.ok) throw new Error('The query has an error, which should have been found before it was asked.')
  return answer as Extract<Answer, { ok: true }>
}

export function createQueryService(library: Library, presets: () => Promise<readonly Preset[]>): QueryService {
  const titles = async () => Object.fromEntries((await presets()).map(({ id, title }) => [id, title]))
  let indexing: Promise<void> | null = null
  const index = () => (indexing ??= indexAll(library).finally(() => { indexing = null }))

  /** Asks again after runs were indexed that the first answer lacks. In a read-only library they stay without an index. */
  async function answered<Answer extends Counted>(ask: () => Promise<Answer>): Promise<Answer> {
    const first = await ask()
    if (!first.ok || first.notIndexed === 0 || library.readOnly !== null) return first
    await index()
    return ask()
  }

  return {
    find: (which) => answered(async () => library.findRuns(which, await titles())),
    count: (which) => answered(async () => library.countRuns(which, await titles())),
    query: (asked) => answered(async () => library.queryRuns(asked, await titles())),
    order: (asked) => answered(async () => library.orderRuns(asked, await titles())),
    groups: async (asked) => library.listedGroups(asked, await titles()),
    cells: (asked) => library.runCells(asked),
    complete: async (query, cursor) => library.completeQuery(query, cursor, await titles()),
    index,
  }
}

async function indexAll(library: Library): Promise<void> {
  for (let done = false; !done;) ({ done } = await library.indexParameters())
}
