import { tableEntry } from '../archive/layout.ts'
import type { PlannedFile } from '../archive/pack.ts'
import { openCsv } from '../datasets/csv.ts'
import { type DatasetSource, writeRuns } from '../datasets/dataset.ts'
import type { About, DraftPaths } from '../datasets/format.ts'
import type { Survey } from '../datasets/survey.ts'
import { measured } from './measured.ts'

const STEM = 'crate'

/** Write the tables of a CSV export into temporary files, because a crate lists their hashes before it has them. */
export async function writeTables(
  source: DatasetSource, ids: readonly string[], survey: Survey, about: About, drafts: DraftPaths,
): Promise<PlannedFile[]> {
  const paths = new Map<string, string>()
  const scratch = (name: string) => {
    const path = drafts.scratch()
    paths.set(name.slice(STEM.length + 1, -'.csv'.length), path)
    return path
  }
  const writer = await openCsv({ stem: STEM, tables: survey.tables, about }, { of: scratch, scratch: () => drafts.scratch() })
  await writeRuns(source, ids, survey, writer)
  const files: PlannedFile[] = []
  for (const [table, path] of paths) files.push(await measured(tableEntry(table), path))
  return files
}
