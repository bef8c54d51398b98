import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { RunDetail } from '../contract/run.ts'
import type { Arm } from '../contract/sweep.ts'
import type { Library } from '../library/library.ts'
import { writeArchive } from './archive/archive.ts'
import { epochsToCsv, runsToCsv } from './run-csv.ts'
import type { ArmsOfSweeps } from './run-identity.ts'
import { runsToJson } from './run-json.ts'
import { safeFileName } from './safe-name.ts'
import { writeFileAtomically } from './write-file.ts'

export type ExportFormat = 'csv' | 'json' | 'archive'

/** What an export reads: runs, their arrays, and the arms of a sweep, none if it is not in the library. */
export interface ExportSource extends Pick<Library, 'get' | 'array'> {
  armsOf(sweepId: string): Promise<readonly Arm[]>
}

/**
 * Export runs into a folder, which is created if missing: one JSON document, two CSV tables, or one archive for another library.
 * Existing files of the same name are replaced.
 * @returns the paths of the files
 */
export async function exportRuns(
  library: ExportSource, runIds: string[], format: ExportFormat, dir: string,
): Promise<string[]> {
  await mkdir(dir, { recursive: true })
  return format === 'archive' ? [await exportArchive(library, runIds, dir)] : exportDocuments(library, runIds, format, dir)
}

async function exportArchive(library: Pick<Library, 'get' | 'array'>, runIds: string[], dir: string): Promise<string> {
  const file = resolve(join(dir, safeFileName(`${stemOf(runIds)}.chalcogen-runs.zip`)))
  await writeArchive(library, runIds, file)
  return file
}

async function exportDocuments(
  library: Pick<ExportSource, 'get' | 'armsOf'>, runIds: string[], format: 'csv' | 'json', dir: string,
): Promise<string[]> {
  const runs: RunDetail[] = []
  for (const runId of runIds) runs.push(await library.get(runId))
  const written: string[] = []
  const arms = format === 'csv' ? await armsOfRuns(library, runs) : new Map()
  for (const { name, text } of documents(runs, format, arms)) {
    const file = resolve(join(dir, safeFileName(name)))
    await writeFileAtomically(file, text)
    written.push(file)
  }
  return written
}

async function armsOfRuns(library: Pick<ExportSource, 'armsOf'>, runs: readonly RunDetail[]): Promise<ArmsOfSweeps> {
  const sweepIds = new Set(runs.flatMap(({ summary }) => summary.sweep?.sweepId ?? []))
  const arms = new Map<string, readonly Arm[]>()
  for (const sweepId of sweepIds) arms.set(sweepId, await library.armsOf(sweepId))
  return arms
}

function documents(runs: RunDetail[], format: 'csv' | 'json', arms: ArmsOfSweeps): { name: string; text: string }[] {
  const stem = stemOf(runs.map(({ summary }) => summary.runId))
  if (format === 'json') return [{ name: `${stem}.json`, text: runsToJson(runs) }]
  return [
    { name: `${stem}.runs.csv`, text: runsToCsv(runs, arms) },
    { name: `${stem}.epochs.csv`, text: epochsToCsv(runs, arms) },
  ]
}

/** File name without extension: the id of a single run, or the number and a hash of several ids, so that other runs give another name. */
function stemOf(runIds: string[]): string {
  const ids = [...runIds].sort()
  if (ids.length === 1) return `run-${ids[0]}`
  return `runs-${ids.length}-${createHash('sha256').update(ids.join(' ')).digest('hex').slice(0, 8)}`
}
