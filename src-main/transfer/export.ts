import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import type { ExportFormat } from '../contract/export-formats.ts'
import { writeArchive } from './archive/archive.ts'
import { writeCrate } from './crate/crate.ts'
import { openCsv } from './datasets/csv.ts'
import { type DatasetOptions, type DatasetSource, writeDataset } from './datasets/dataset.ts'
import type { OpenDataset } from './datasets/format.ts'
import { openHdf5 } from './datasets/hdf5.ts'
import { openNpz } from './datasets/npz.ts'
import { openParquet } from './datasets/parquet.ts'
import { writeNir } from './nir/nir.ts'
import { runsToJson } from './run-json.ts'
import { safeFileName } from './safe-name.ts'
import { makeFolder, writeFileAtomically } from './write-file.ts'
import { withoutFolders } from './without-folders.ts'

export type { ExportFormat } from '../contract/export-formats.ts'

/** What an export reads: runs, their arrays, and the arms of a sweep, none if it is not in the library. */
export type ExportSource = DatasetSource

/** Writes runs into a folder. @returns the paths of the files */
type Write = (library: ExportSource, runIds: readonly string[], options: DatasetOptions) => Promise<string[]>

const dataset = (open: OpenDataset): Write => (library, runIds, options) => writeDataset(library, runIds, open, options)

const formats: Readonly<Record<ExportFormat, Write>> = {
  csv: dataset(openCsv),
  parquet: dataset(openParquet),
  npz: dataset(openNpz),
  hdf5: dataset(openHdf5),
  json: async (library, runIds, { dir, stem, onRun }) => {
    const file = await readyFile(library, runIds, dir, `${stem}.json`)
    await writeFileAtomically(file, runsToJson(library, runIds, onRun))
    return [file]
  },
  'nir': (library, runIds, options) => writeNir(library, runIds, 'exact', options),
  'nir-lif': (library, runIds, options) => writeNir(library, runIds, 'lif', options),
  crate: writeCrate,
  archive: async (library, runIds, { dir, stem, onRun }) => {
    const file = await readyFile(library, runIds, dir, `${stem}.chalcogen-runs.zip`)
    await writeArchive(library, runIds, file, onRun)
    return [file]
  },
}

/** Path of a file whose folder exists. A run that does not exist is an error before anything is written. */
async function readyFile(library: ExportSource, runIds: readonly string[], dir: string, name: string): Promise<string> {
  for (const runId of runIds) await library.overview(runId)
  await makeFolder(dir)
  return resolve(join(dir, safeFileName(name)))
}

export interface ExportOptions extends Partial<Pick<DatasetOptions, 'onRun'>> {
  /** Version of the application, which the files name. */
  application: string
}

/**
 * Export runs into a folder, which is created if missing. Existing files of the same name are replaced. The files of an export appear
 * together. If it fails, nothing is left.
 * A run whose spec cannot be read is exported with everything else and, as JSON and in an archive, with the texts of its spec and environment.
 * @returns the paths of the files
 */
export async function exportRuns(
  library: ExportSource, runIds: string[], format: ExportFormat, dir: string, { application, onRun = () => {} }: ExportOptions,
): Promise<string[]> {
  return formats[format](withoutFolders(library), runIds, { dir, stem: stemOf(runIds), about: { application }, onRun })
}

/** File name without extension: the id of a single run, or the number and a hash of several ids, so that other runs give another name. */
function stemOf(runIds: string[]): string {
  const ids = [...runIds].sort()
  if (ids.length === 1) return `run-${ids[0]}`
  return `runs-${ids.length}-${createHash('sha256').update(ids.join(' ')).digest('hex').slice(0, 8)}`
}
