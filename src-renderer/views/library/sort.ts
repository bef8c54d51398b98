import { schemeTitle } from '../../components/schemes.ts'
import { newestFirst, type RunStatus, type RunSummary } from '../../stores/runs.ts'
import type { Sort, SortColumn } from '../../stores/settings.ts'

/** What asks for attention comes first. */
const statuses: readonly RunStatus[] = ['running', 'queued', 'paused', 'interrupted', 'failed', 'stopped', 'done']

type Key = number | string | null

/** What a column compares. */
const keys: Readonly<Record<SortColumn, (run: RunSummary) => Key>> = {
  status: ({ status }) => statuses.indexOf(status),
  name: naturalName,
  scheme: ({ scheme }) => schemeTitle(scheme),
  seed: ({ seed }) => seed,
  epochs: ({ epochsDone }) => epochsDone,
  mse: ({ mseLast20 }) => mseLast20,
  rate: ({ meanRateHz }) => meanRateHz,
  duration: secondsOf,
  created: ({ createdAt }) => createdAt,
}

/** Between start and end; null for a run without one of them. */
export function secondsOf({ startedAt, endedAt }: RunSummary): number | null {
  return startedAt && endedAt ? (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 : null
}

/** A sorted copy: nothing and NaN last in both directions, equals newest first. */
export function sortRuns(runs: readonly RunSummary[], { column, descending }: Sort): readonly RunSummary[] {
  const key = keys[column]
  const sign = descending ? -1 : 1
  return runs
    .map((run) => ({ run, key: key(run) }))
    .sort((a, b) => compare(a.key, b.key, sign) || newestFirst(a.run, b.run))
    .map(({ run }) => run)
}

/** The same column again turns the order around; another begins with its usual one. */
export const sortedBy = (column: SortColumn, before: Sort): Sort =>
  ({ column, descending: before.column === column ? !before.descending : column === 'created' })

function compare(a: Key, b: Key, sign: number): number {
  const [aIsNone, bIsNone] = [isNone(a), isNone(b)]
  if (aIsNone || bIsNone) return Number(aIsNone) - Number(bIsNone)
  return a! < b! ? -sign : a! > b! ? sign : 0
}

const isNone = (key: Key) => key === null || Number.isNaN(key)

/** A summary is replaced when it changes, never altered: what was made of it once holds. */
const names = new WeakMap<RunSummary, string>()

/** So that plain comparison puts 'run 9' before 'run 10'. */
function naturalName(run: RunSummary): string {
  const natural = names.get(run)
    ?? (run.name || run.preset || run.runId).toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'))
  names.set(run, natural)
  return natural
}
