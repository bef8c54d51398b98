import { existsSync } from 'node:fs'
import type { RunSummary, Shelf } from '../app/app.ts'
import { DONE } from './failure.ts'
import { significant, table } from './format.ts'
import type { Output } from './output.ts'
import { libraryFile, withLibrary } from './surroundings.ts'

/** Newest first. Before the first run the usual library is not there yet, and the list is empty. */
export async function list(flags: { library?: string; shelf?: Shelf }, output: Output): Promise<number> {
  const nothingYet = flags.library === undefined && !existsSync(libraryFile())
  const all = nothingYet ? [] : await withLibrary(flags.library, (app) => app.list())
  const runs = all.filter(({ shelf }) => shelf === (flags.shelf ?? 'library'))
  output.result(runs, describe(runs))
  return DONE
}

function describe(runs: RunSummary[]): string {
  if (runs.length === 0) return 'No runs yet. Start one with: chalcogen run pattern-generation/fp32'
  const rows = runs.map(({ runId, status, scheme, preset, name, seed, epochsDone, epochs, mse, createdAt }) => [
    runId, status, scheme, name || preset || '–', String(seed), `${epochsDone}/${epochs}`, significant(mse), createdAt,
  ])
  return table([['Run', 'Status', 'Scheme', 'Name or preset', 'Seed', 'Epochs', 'MSE', 'Created'], ...rows])
}
