import { outcomes } from '../../../src-engine/statistics/comparison.ts'
import { isAhead } from '../../../src-engine/format/dates.ts'
import { schemeTitle } from '../../../src-engine/experiment/scheme.ts'
import { newestFirst, type RunStatus, type RunSummary, secondsOf } from '../../stores/runs.ts'
import type { Sort } from '../../stores/settings.ts'
import type { Cell, ownColumns } from '../../stores/table.ts'

/** Order of statuses: those that need attention come first. */
const statuses: readonly RunStatus[] = ['running', 'queued', 'paused', 'interrupted', 'failed', 'stopped', 'done']

/** Order of outcomes: those that need attention come first. */
const worstFirst = outcomes.toReversed()

type Key = number | string | null
type NameOf = (run: RunSummary) => string
type CellOf = (runId: string, column: string) => Cell | undefined

/** Sort key of each column that the summary of a run has. */
const keys: Readonly<Record<typeof ownColumns[number], (run: RunSummary, nameOf: NameOf, now: number) => Key>> = {
  status: ({ status }) => statuses.indexOf(status),
  outcome: ({ outcome }) => (outcome === null ? null : worstFirst.indexOf(outcome)),
  name: (run, nameOf) => natural(nameOf(run)),
  scheme: ({ scheme }) => schemeTitle(scheme),
  seed: ({ seed }) => seed,
  epochs: ({ epochsDone }) => epochsDone,
  loss: ({ lossLast20 }) => lossLast20,
  rate: ({ meanRateHz }) => meanRateHz,
  duration: (run) => secondsOf(run),
  created: ({ createdAt }, _, now) => (isAhead(Date.parse(createdAt), now) ? null : createdAt),
}

/**
 * A sorted copy. Missing values, NaN and times that a wrong clock has given come last in both directions; equal runs are newest first.
 * @param cellOf value of a column that the summary does not have
 * @param now ms since 1970
 */
export function sortRuns(
  runs: readonly RunSummary[], { column, descending }: Sort, nameOf: NameOf, cellOf: CellOf, now = Date.now(),
): readonly RunSummary[] {
  const key = isOwn(column) ? keys[column] : (run: RunSummary) => keyOf(cellOf(run.runId, column))
  const sign = descending ? -1 : 1
  return runs
    .map((run) => ({ run, key: key(run, nameOf, now) }))
    .sort((a, b) => compare(a.key, b.key, sign) || newestFirst(a.run, b.run))
    .map(({ run }) => run)
}

/** The next sort order: the same column reverses the order, another column starts with its default order. */
export const sortedBy = (column: string, before: Sort): Sort =>
  ({ column, descending: before.column === column ? !before.descending : column === 'created' })

function compare(a: Key, b: Key, sign: number): number {
  const [aIsNone, bIsNone] = [isNone(a), isNone(b)]
  if (aIsNone || bIsNone) return Number(aIsNone) - Number(bIsNone)
  return a! < b! ? -sign : a! > b! ? sign : 0
}

const isOwn = (column: string): column is keyof typeof keys => Object.hasOwn(keys, column)

function keyOf(cell: Cell | undefined): Key {
  if (cell === undefined || cell === null || typeof cell === 'number') return cell ?? null
  return typeof cell === 'object' ? natural(cell.join(' ')) : natural(String(cell))
}

const isNone = (key: Key) => key === null || Number.isNaN(key)

const naturals = new Map<string, string>()

/** The name with padded numbers, so that 'run 9' sorts before 'run 10'. */
function natural(name: string): string {
  const padded = naturals.get(name) ?? name.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'))
  naturals.set(name, padded)
  return padded
}
