import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { type ExportFormat, exportFormats } from '../contract/export-formats.ts'
import type { PreviewedRun } from '../contract/import.ts'
import type { LibraryWork } from '../contract/library.ts'
import { BadInput, describeProblem, MOST_PROBLEMS } from '../contract/problem.ts'
import type { RunDetail, Texts, UnreadableRun } from '../contract/run.ts'
import { canonicalJson } from '../library/canonical-json.ts'
import { damagedRun, type Imported, KnownRuns, type Library, pack, type PackedArray, previewedRun } from '../library/library.ts'
import { isSameFile } from '../library/files.ts'
import { MAGIC } from '../library/header.ts'
import { LongTask } from '../library/long-task.ts'
import { type ArchivedRun, type Examined, examineArchive, inspectArchive } from '../transfer/archive/archive.ts'

export interface Imports {
  /**
   * Import the runs of an archive, an RO-Crate or another library file. A run whose id or whose spec and digest the library already has is
   * left unchanged.
   * @throws BadInput or LibraryError if a run cannot be read, after all others are imported
   */
  run(file: string): Promise<Imported>
  /** What `run` would do with each run of the file. Reads and checks all of it, and changes nothing. */
  preview(file: string): Promise<PreviewedRun[]>
  /** Cancel all imports of archives. Runs that are already imported stay. */
  cancel(): void
}

export function createImports(library: Library, onWork: (work: LibraryWork) => void): Imports {
  const running = new Set<LongTask>()

  /** Examine everything in an archive, and report the progress. */
  async function examineAll(file: string, take: (entry: Examined) => Promise<void> | void): Promise<void> {
    const { runs } = await inspectArchive(file)
    const task = new LongTask('import', 'runs', onWork)
    running.add(task)
    let done = 0
    try {
      for await (const entry of examineArchive(file)) {
        task.report(done, runs)
        await take(entry)
        if (entry.runId !== null) done++
        task.report(done, runs)
      }
    } finally {
      running.delete(task)
      task.end()
    }
  }

  async function importArchive(file: string): Promise<Imported> {
    const known = new KnownRuns(await library.knownRuns())
    const counts: Imported = { imported: 0, present: 0 }
    const refusals: BadInput[] = []
    await examineAll(file, async (entry) => {
      if ('refused' in entry) return void refusals.push(entry.refused)
      const { texts, ...run } = withTexts(entry.run)
      const isNew = known.find(run.summary, texts.spec) === null && await library.importRun(packed({ texts, ...run }))
      counts[isNew ? 'imported' : 'present']++
    })
    if (refusals.length > 0) throw partly(file, counts, refusals)
    return counts
  }

  async function previewArchive(file: string): Promise<PreviewedRun[]> {
    const known = new KnownRuns(await library.knownRuns())
    const runs: PreviewedRun[] = []
    await examineAll(file, (entry) => {
      runs.push('refused' in entry
        ? damagedRun(entry.runId, damageOf(entry.refused))
        : previewedRun(known, entry.run.summary, withTexts(entry.run).texts.spec))
    })
    return runs
  }

  return {
    async run(file) {
      return await isLibrary(file, library.file) ? library.importLibrary(file) : importArchive(file)
    },
    async preview(file) {
      return await isLibrary(file, library.file) ? library.previewLibrary(file) : previewArchive(file)
    },
    cancel() {
      for (const task of running) task.cancel()
    },
  }
}

const damageOf = ({ problems }: BadInput) => problems.map((problem) => describeProblem(problem)).join(' ')

/** What is damaged in an archive whose other runs are imported. */
function partly(file: string, { imported, present }: Imported, refusals: readonly BadInput[]): BadInput {
  const whole = imported + present
  const source = whole === 0 ? file : `The library has ${whole === 1 ? '1 run' : `${whole} runs`} of ${file} now. The rest`
  return new BadInput(source, refusals.flatMap(({ problems }) => problems).slice(0, MOST_PROBLEMS))
}

type WithTexts = Pick<ArchivedRun, 'summary' | 'epochs' | 'arrays'> & { texts: Texts }

const withTexts = ({ summary, epochs, arrays, ...run }: ArchivedRun): WithTexts =>
  ({ summary, epochs, arrays, texts: textsOf(run) })

const packed = ({ arrays, ...run }: WithTexts) =>
  ({ ...run, arrays: arrays.map(({ data, ...array }) => ({ ...array, ...pack(data) }) as PackedArray & { epoch: number }) })

const textsOf = (run: Pick<UnreadableRun, 'texts'> | Pick<RunDetail, 'spec' | 'environment'>): Texts =>
  ('texts' in run ? run.texts : { spec: canonicalJson(run.spec), environment: canonicalJson(run.environment) })

/**
 * Whether a file to import is a library. If not, it is read as an archive.
 * @param own the open library
 * @throws BadInput if it is the open library, or an export that does not hold everything of a run
 */
async function isLibrary(file: string, own: string): Promise<boolean> {
  if (isSameFile(file, own)) {
    throw refused(file, 'is the open library itself. Choose another library, an archive of runs or an RO-Crate')
  }
  if (await isDatabase(file)) return true
  const format = incomplete.get(path.extname(file).toLowerCase())
  if (format === undefined) return false
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
