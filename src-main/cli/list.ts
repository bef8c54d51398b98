import { existsSync } from 'node:fs'
import { futureLast } from '../../src-engine/format/dates.ts'
import { formatMetric } from '../../src-engine/experiment/metrics.ts'
import { withNamedLoss } from '../../src-engine/experiment/named-loss.ts'
import { sharedLoss } from '../../src-engine/experiment/task.ts'
import type { App, RunSummary, Shelf } from '../app/app.ts'
import { DONE } from './failure.ts'
import { statusText, table } from './format.ts'
import type { Output } from './output.ts'
import { libraryFile, withLibrary } from './surroundings.ts'

/** List runs, newest first; those that a wrong clock has dated to the future come last. Before the first run, the list is empty. */
export async function list(flags: { library?: string; shelf?: Shelf }, output: Output): Promise<number> {
  const nothingYet = flags.library === undefined && !existsSync(libraryFile())
  const all = nothingYet ? [] : await withLibrary(flags.library, output, listJudged)
  const runs = futureLast(all.filter(({ shelf }) => shelf === (flags.shelf ?? 'library')), createdAtOf, Date.now())
  output.result(runs.map(withNamedLoss), describe(runs, flags.shelf))
  return DONE
}

async function listJudged(app: App): Promise<RunSummary[]> {
  await app.judgeOutcomes()
  return app.list()
}

const createdAtOf = ({ createdAt }: RunSummary) => Date.parse(createdAt)

const noRuns = 'No runs yet. Start one with: chalcogen run pattern-generation/fp32'

function describe(runs: readonly RunSummary[], shelf: Shelf = 'library'): string {
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

const statusOf = ({ status, unreadable }: RunSummary) => (unreadable === undefined ? statusText(status) : `${statusText(status)}, unreadable`)
