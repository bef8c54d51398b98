import { open } from 'node:fs/promises'
import type { LibraryWork } from '../contract/library.ts'
import { BadInput } from '../contract/problem.ts'
import type { RunDetail, Texts, UnreadableRun } from '../contract/run.ts'
import { canonicalJson } from '../library/canonical-json.ts'
import { type Imported, type Library, pack, type PackedArray } from '../library/library.ts'
import { isSameFile } from '../library/files.ts'
import { MAGIC } from '../library/header.ts'
import { LongTask } from '../library/long-task.ts'
import { type ArchivedRun, inspectArchive, readArchive } from '../transfer/archive/archive.ts'

/**
 * Import the runs of an archive or of another library file. A run whose id already exists is left unchanged.
 * @throws BadInput or LibraryError if a run cannot be read. The runs before it stay imported; of another library, those after it, too.
 */
export async function importRuns(library: Library, file: string, onWork: (work: LibraryWork) => void): Promise<Imported> {
  if (isSameFile(file, library.file)) {
    throw new BadInput(file, [{ path: '', rule: 'is the open library itself. Choose another library or an archive of runs', found: '' }])
  }
  return await isDatabase(file) ? library.importLibrary(file) : importArchive(library, file, onWork)
}

async function importArchive(library: Library, file: string, onWork: (work: LibraryWork) => void): Promise<Imported> {
  const { runs } = await inspectArchive(file)
  const task = new LongTask('import', 'runs', onWork)
  const counts: Imported = { imported: 0, present: 0 }
  try {
    for await (const run of readArchive(file)) {
      counts[await library.importRun(packed(run)) ? 'imported' : 'present']++
      task.report(counts.imported + counts.present, runs)
    }
    return counts
  } finally {
    task.end()
  }
}

const packed = ({ arrays, summary, epochs, ...run }: ArchivedRun) =>
  ({ summary, texts: textsOf(run), epochs,
    arrays: arrays.map(({ data, ...array }) => ({ ...array, ...pack(data) }) as PackedArray & { epoch: number }) })

const textsOf = (run: Pick<UnreadableRun, 'texts'> | Pick<RunDetail, 'spec' | 'environment'>): Texts =>
  ('texts' in run ? run.texts : { spec: canonicalJson(run.spec), environment: canonicalJson(run.environment) })

async function isDatabase(file: string): Promise<boolean> {
  const handle = await open(file, 'r')
  try {
    const { buffer } = await handle.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0)
    return buffer.toString('latin1') === MAGIC
  } finally {
    await handle.close()
  }
}
