import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import type { StoredOverview } from '../contract/run.ts'
import type { Arm } from '../contract/sweep.ts'
import type { Library } from '../library/library.ts'
import { writeArchive } from './archive/archive.ts'
import { epochsToCsv, runsToCsv } from './run-csv.ts'
import type { ArmsOfSweeps } from './run-identity.ts'
import { runsToJson } from './run-json.ts'
import type { RunSource } from './run-source.ts'
import { safeFileName } from './safe-name.ts'
import { makeFolder, writeFileAtomically } from './write-file.ts'

export type ExportFormat = 'csv' | 'json' | 'archive'

/** What an export reads: runs, their arrays, and the arms of a sweep, none if it is not in the library. */
export interface ExportSource extends RunSource, Pick<Library, 'array'> {
  armsOf(sweepId: string): Promise<readonly Arm[]>
}

/**
 * Export runs into a folder, which is created if missing: one JSON document, two CSV tables, or one archive for another library.
 * Existing files of the same name are replaced.
 * A run whose spec cannot be read is exported with everything else and with the texts of its spec and environment.
 * @returns the paths of the files
 */
export async function exportRuns(
  library: ExportSource, runIds: string[], format: ExportFormat, dir: string,
): Promise<string[]> {
  // A run that does not exist is an error before anything is written.
  for (const runId of runIds) await library.overview(runId)
  await makeFolder(dir)
  return format === 'archive' ? [await exportArchive(library, runIds, dir)] : exportDocuments(library, runIds, format, dir)
}

async function exportArchive(library: ExportSource, runIds: string[], dir: string): Promise<string> {
  const file = resolve(join(dir, safeFileName(`${stemOf(runIds)}.chalcogen-runs.zip`)))
  await writeArchive(library, runIds, file)
  return file
}

async function exportDocuments(
  library: ExportSource, runIds: string[], format: 'csv' | 'json', dir: string,
): Promise<string[]> {
  const written: string[] = []
  for (const { name, content } of format === 'json' ? [jsonDocument(library, runIds)] : await csvTables(library, runIds)) {
    const file = resolve(join(dir, safeFileName(name)))
    await writeFileAtomically(file, content)
    written.push(file)
  }
  return written
}

interface Document {
  name: string
  content: string | AsyncIterable<string>
}

const jsonDocument = (library: ExportSource, runIds: string[]): Document =>
  ({ name: `${stemOf(runIds)}.json`, content: runsToJson(library, runIds) })

async function csvTables(library: ExportSource, runIds: string[]): Promise<Document[]> {
  const runs: StoredOverview[] = []
  for (const runId of runIds) runs.push(await library.overview(runId))
  const arms = await armsOfRuns(library, runs)
  const stem = stemOf(runIds)
  return [
    { name: `${stem}.runs.csv`, content: runsToCsv(runs, arms) },
    { name: `${stem}.epochs.csv`, content: epochsToCsv(library, runs, arms) },
  ]
}

async function armsOfRuns(library: Pick<ExportSource, 'armsOf'>, runs: readonly StoredOverview[]): Promise<ArmsOfSweeps> {
  const sweepIds = new Set(runs.flatMap(({ summary }) => summary.sweep?.sweepId ?? []))
  const arms = new Map<string, readonly Arm[]>()
  for (const sweepId of sweepIds) arms.set(sweepId, await library.armsOf(sweepId))
  return arms
}

/** File name without extension: the id of a single run, or the number and a hash of several ids, so that other runs give another name. */
function stemOf(runIds: string[]): string {
  const ids = [...runIds].sort()
  if (ids.length === 1) return `run-${ids[0]}`
  return `runs-${ids.length}-${createHash('sha256').update(ids.join(' ')).digest('hex').slice(0, 8)}`
}
