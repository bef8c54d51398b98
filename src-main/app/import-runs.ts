import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { type ExportFormat, exportFormats } from '../contract/export-formats.ts'
import type { PreviewedRun } from '../contract/import.ts'
import type { LibraryWork } from '../contract/library.ts'
import { BadInput, describeProblem, MOST_PROBLEMS } from '../contract/problem.ts'
import { damagedRun, type Imported, KnownRuns, leftOut, type Library, LibraryError, previewedRun } from '../library/library.ts'
import { isSameFile } from '../library/files.ts'
import { MAGIC } from '../library/header.ts'
import { LongTask } from '../library/long-task.ts'
import { received } from './export-messages.ts'
import type { ReadingTask, ReadRun } from './import-messages.ts'
import { type Reader, readRuns } from './read-runs.ts'

export interface Imports {
  /**
   * Import the runs of an archive, an RO-Crate or another library file. A run whose id or whose spec and digest the library already has is
   * left unchanged.
   * @throws BadInput or LibraryError if a run cannot be read, after all others are imported
   */
  run(file: string): Promise<Imported>
  /** What `run` would do with each run of the file. Reads and checks all of it, and changes nothing. */
  preview(file: string): Promise<PreviewedRun[]>
  /** Cancel all imports. Runs that are already imported stay. */
  cancel(): void
}

export interface ImportsOptions extends Reader {
  library: Library
  onWork: (work: LibraryWork) => void
}

export function createImports({ library, onWork, ...reader }: ImportsOptions): Imports {
  const running = new Set<LongTask>()

  /** Take everything of a file, and report the progress. */
  async function readAll(file: string, format: Format, whole: boolean, take: (entry: ReadRun) => Promise<void>): Promise<void> {
    const task = new LongTask('import', 'runs', onWork)
    running.add(task)
    try {
      await readRuns(reader, { file, format, whole }, async (entry, done, total) => {
        task.report(done - 1, total)
        await take(entry)
        task.report(done, total)
      })
    } finally {
      running.delete(task)
      task.end()
    }
  }

  return {
    async run(file) {
      const format = await formatOf(file, library.file)
      const known = new KnownRuns(await library.knownRuns())
      const counts: Imported = { imported: 0, present: 0 }
      const damages: Error[] = []
      await readAll(file, format, true, async (entry) => {
        if ('damage' in entry) return void damages.push(received(entry.damage))
        const { summary, texts } = entry.run
        const isNew = known.find(summary, texts.spec) === null && await library.importRun(entry.run)
        counts[isNew ? 'imported' : 'present']++
      })
      if (damages.length > 0) throw partly(file, counts, damages)
      return counts
    },
    async preview(file) {
      const format = await formatOf(file, library.file)
      const known = new KnownRuns(await library.knownRuns())
      const runs: PreviewedRun[] = []
      await readAll(file, format, false, async (entry) => {
        runs.push('damage' in entry
          ? damagedRun(entry.runId, damageOf(received(entry.damage)))
          : previewedRun(known, entry.run.summary, entry.run.texts.spec))
      })
      return runs
    },
    cancel() {
      for (const task of running) task.cancel()
    },
  }
}

type Format = ReadingTask['format']

const damageOf = (error: Error) =>
  (error instanceof BadInput ? error.problems.map((problem) => describeProblem(problem)).join(' ') : error.message)

/** What is damaged in a file whose other runs are imported. */
function partly(file: string, { imported, present }: Imported, damages: readonly Error[]): Error {
  const whole = imported + present
  const ofLibrary = damages.filter((damage) => damage instanceof LibraryError)
  if (ofLibrary.length > 0) return leftOut(ofLibrary, whole + ofLibrary.length, 'imported')
  const source = whole === 0 ? file : `The library has ${whole === 1 ? '1 run' : `${whole} runs`} of ${file} now. The rest`
  const problems = damages.flatMap((damage) => (damage instanceof BadInput ? damage.problems : []))
  return new BadInput(source, problems.slice(0, MOST_PROBLEMS))
}

/**
 * What a file to import is read as. What is no library is read as an archive.
 * @param own the open library
 * @throws BadInput if it is the open library, or an export that does not hold everything of a run
 */
async function formatOf(file: string, own: string): Promise<Format> {
  if (isSameFile(file, own)) {
    throw refused(file, 'is the open library itself. Choose another library, an archive of runs or an RO-Crate')
  }
  if (await isDatabase(file)) return 'library'
  const format = incomplete.get(path.extname(file).toLowerCase())
  if (format === undefined) return 'archive'
  const { title } = exportFormats.find((one) => one.format === format)!
  throw refused(file, `has the format ${title}, which does not hold everything of a run. ${INSTEAD}`)
}

const refused = (file: string, rule: string) => new BadInput(file, [{ path: '', rule, found: '' }])

const INSTEAD = 'Export the runs as an archive or an RO-Crate, and import that'

/** Endings of exports from which runs cannot be restored. */
const incomplete: ReadonlyMap<string, ExportFormat> = new Map([
  ['.csv', 'csv'], ['.parquet', 'parquet'], ['.npz', 'npz'], ['.h5', 'hdf5'], ['.json', 'json'], ['.nir', 'nir'],
])

async function isDatabase(file: string): Promise<boolean> {
  // Opening a pipe would wait until something writes to it.
  if (!(await stat(file)).isFile()) throw refused(file, 'must be a file, not a folder, a pipe or a device')
  const handle = await open(file, 'r')
  try {
    const { buffer } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0)
    return buffer.toString('latin1') === MAGIC
  } finally {
    await handle.close()
  }
}
