import { futureLast } from '../../src-engine/format/dates.ts'
import { markedError } from '../../src-engine/query/marked.ts'
import { parseQuery } from '../../src-engine/query/parse.ts'
import { type App, answerOf, type RunSummary, type Shelf } from '../app/app.ts'
import { BadInput } from '../app/errors.ts'

/** Runs that a command chooses: by a query, on one shelf. */
export interface Selection {
  where?: string
  shelf?: Shelf
}

/**
 * Refuse a command without runs, with two ways to choose them, or with a query that is not understood, before the library is opened.
 * @throws BadInput
 */
export function requireSelection(runIds: readonly string[], { where, shelf }: Selection): void {
  if (where === undefined && runIds.length === 0) throw refusal('The command', 'needs runs. Type their ids, or choose them with --where QUERY')
  if (where === undefined && shelf !== undefined) throw refusal('--shelf', 'needs --where. Runs are found by their ids on every shelf')
  if (where !== undefined && runIds.length > 0) throw refusal('--where', `cannot be combined with run ids. Found ${runIds.join(' ')}`)
  requireQuery(where)
}

/** @throws BadInput if a query is empty or not understood */
export function requireQuery(where: string | undefined): void {
  if (where === undefined) return
  // A variable of a script that is not set must not choose all runs.
  if (where.replaceAll('"', '').trim() === '') throw refusal('--where', 'is empty. Type words or comparisons, such as --where "seed = 42 fp32"')
  const parsed = parseQuery(where)
  if (!parsed.ok) throw refusal('--where', `has an error ${markedError(where, parsed.error)}`)
}

/** Ids of the runs that a command names, or of those that its query finds. @throws BadInput if it finds none */
export async function selectedRuns(app: App, runIds: string[], selection: Selection): Promise<string[]> {
  const { where, shelf = 'library' } = selection
  if (where === undefined) return runIds
  const found = await runsOf(app, selection)
  if (found.length > 0) return found.map(({ runId }) => runId)
  throw refusal('--where', `finds no run in the ${shelf}. List them with: chalcogen list${shelf === 'library' ? '' : ` --shelf ${shelf}`}`)
}

/** Runs of a shelf that a query finds, newest first; those that a wrong clock has dated to the future come last. */
export async function runsOf(app: App, { where = '', shelf = 'library' }: Selection): Promise<readonly RunSummary[]> {
  await app.judgeOutcomes()
  const { runIds } = answerOf(await app.queries.find({ query: where, shelf }))
  return futureLast(await app.summaries(runIds), ({ createdAt }) => Date.parse(createdAt), Date.now())
}

const refusal = (source: string, rule: string) => new BadInput(source, [{ path: '', rule, found: '' }])
