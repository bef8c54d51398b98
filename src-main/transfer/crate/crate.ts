import { writeFile } from 'node:fs/promises'
import { defaultCaps } from '../archive/caps.ts'
import { CRATE_METADATA } from '../archive/layout.ts'
import { checkCaps, type PlannedFile, planRuns, zipped } from '../archive/pack.ts'
import type { DatasetOptions, DatasetSource } from '../datasets/dataset.ts'
import { surveyRuns } from '../datasets/survey.ts'
import { safeFileName } from '../safe-name.ts'
import { makeFolder, writeTogether } from '../write-file.ts'
import { measured } from './measured.ts'
import { crateMetadata } from './metadata.ts'
import { writeTables } from './tables.ts'

/**
 * Write runs as an RO-Crate: an archive that another library imports, with tables for programs that do not know archives, and a description
 * of all files as JSON-LD. The same runs give the same bytes. Reads the runs several times, and holds some epochs of a run or one array in
 * memory.
 * @returns the path of the file
 * @throws BadInput if the runs exceed the limits of an archive, or a run changes meanwhile; LibraryError; FileError
 */
export async function writeCrate(
  source: DatasetSource, runIds: readonly string[], { dir, stem, about, onRun }: DatasetOptions,
): Promise<string[]> {
  const ids = [...new Set(runIds)]
  const survey = await surveyRuns(source, ids)
  await makeFolder(dir)
  return writeTogether(dir, async (drafts) => {
    const name = safeFileName(`${stem}.ro-crate.zip`)
    const draft = drafts.of(name)
    const tables = await writeTables(source, ids, survey, about, drafts)
    const runs = await planRuns(source, ids, name, defaultCaps, true)
    const metadata = drafts.scratch()
    await writeFile(metadata, crateMetadata({ source, runs, tables, columns: survey.tables, about }), { flag: 'wx' })
    const files: PlannedFile[] = [await measured(CRATE_METADATA, metadata), ...tables]
    checkCaps(runs, files, name, defaultCaps)
    await writeFile(draft, zipped(source, runs, files, onRun), { flag: 'wx' })
    onRun(ids.length)
  })
}
