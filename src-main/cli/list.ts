import { existsSync } from 'node:fs'
import { formatMetric } from '../../src-engine/experiment/metrics.ts'
import { withNamedLoss } from '../../src-engine/experiment/named-loss.ts'
import { sharedLoss } from '../../src-engine/experiment/task.ts'
import { counted } from '../../src-engine/format/words.ts'
import { queryNames } from '../../src-engine/query/names.ts'
import type { RunSummary } from '../app/app.ts'
import { DONE } from './failure.ts'
import { statusOf, table } from './format.ts'
import type { Output } from './output.ts'
import { askForTable, isShaped, namesTable, queryOf, type TableShape } from './query-table.ts'
import { requireQuery, runsOf, type Selection } from './selection.ts'
import { libraryFile, withLibrary } from './surroundings.ts'

export interface ListFlags extends Selection, TableShape {
  library?: string
  /** Whether to list the names of the query language instead of runs. */
  names?: true
}

/** List runs, newest first; those that a wrong clock has dated to the future come last. Before the first run, the list is empty. */
export async function list(flags: ListFlags, output: Output): Promise<number> {
  if (flags.names) {
    output.result(queryNames(), namesTable())
    return DONE
  }
  requireQuery(flags.where)
  const asked = isShaped(flags) ? queryOf(flags, flags) : null
  const nothingYet = flags.library === undefined && !existsSync(libraryFile())
  if (asked !== null && !nothingYet) return listTable(asked, flags, output)
  const runs = nothingYet ? [] : await withLibrary(flags.library, output, (app) => runsOf(app, flags))
  output.result(runs.map(withNamedLoss), describe(runs, flags))
  return DONE
}

async function listTable(asked: ReturnType<typeof queryOf>, flags: ListFlags, output: Output): Promise<number> {
  const { document, text, notIndexed } = await withLibrary(flags.library, output, (app) => askForTable(app, asked))
  if (notIndexed > 0) output.say(`The parameters of ${counted(notIndexed, 'run')} are not indexed, because the library is read-only.`)
  output.result(document, text)
  return DONE
}

const noRuns = 'No runs yet. Start one with: chalcogen run pattern-generation/fp32'

function describe(runs: readonly RunSummary[], { where, shelf = 'library' }: Selection): string {
  if (runs.length === 0 && where !== undefined) return `No run in the ${shelf} matches: ${where}`
  if (runs.length === 0) return shelf === 'library' ? noRuns : `No runs in the ${shelf}.`
  const loss = sharedLoss(runs.map(({ task }) => task))
  const rows = runs.map((run) => [
    run.runId, statusOf(run), run.outcome ?? '–', run.scheme, run.name || run.preset || '–', String(run.seed),
    `${run.epochsDone}/${run.epochs}`, formatMetric(loss, run.loss), run.createdAt,
  ])
  const listed = table([['Run', 'Status', 'Outcome', 'Scheme', 'Name or preset', 'Seed', 'Epochs', loss.title, 'Created'], ...rows])
  const reasons = runs.flatMap(({ unreadable }) => unreadable ?? [])
  return [listed, ...(reasons.length > 0 ? [reasons.join('\n')] : [])].join('\n\n')
}
