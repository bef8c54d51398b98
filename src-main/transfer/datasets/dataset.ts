import type { StoredOverview } from '../../contract/run.ts'
import type { Library, ReadArray } from '../../library/library.ts'
import type { RunSource } from '../run-source.ts'
import { makeFolder, writeTogether } from '../write-file.ts'
import type { About, DatasetWriter, OpenDataset } from './format.ts'
import { cellsOf, epochRow, patternRows, runRow } from './rows.ts'
import { type ArmsSource, type Survey, surveyRuns } from './survey.ts'

export interface DatasetSource extends RunSource, Pick<Library, 'array'>, ArmsSource {}

export interface DatasetOptions {
  /** Folder, which is created if missing. */
  dir: string
  /** Name of the files without extension. */
  stem: string
  about: About
  /** Receives the number of written runs after each run. */
  onRun: (done: number) => void
}

/**
 * Write the tables and arrays of runs in one format. Reads the runs twice, and holds some epochs of a run or one array in memory. All
 * files appear together.
 * @returns the paths of the files
 */
export async function writeDataset(
  source: DatasetSource, runIds: readonly string[], open: OpenDataset, { dir, stem, about, onRun }: DatasetOptions,
): Promise<string[]> {
  const ids = [...new Set(runIds)]
  const survey = await surveyRuns(source, ids)
  await makeFolder(dir)
  return writeTogether(dir, async (drafts) => {
    await writeRuns(source, ids, survey, await open({ stem, tables: survey.tables, about }, drafts), onRun)
  })
}

/** Write all runs, and close the writer. */
export async function writeRuns(
  source: DatasetSource, ids: readonly string[], survey: Survey, writer: DatasetWriter, onRun: DatasetOptions['onRun'] = () => {},
): Promise<void> {
  try {
    for (const [index, id] of ids.entries()) {
      await writeRun(source, await source.overview(id), survey, writer)
      onRun(index + 1)
    }
    await writer.finish()
  } finally {
    await writer.close()
  }
}

async function writeRun(
  source: DatasetSource, run: StoredOverview, { arms, identity }: Survey, writer: DatasetWriter,
): Promise<void> {
  const { runId, task } = run.summary
  const row = runRow(run, arms)
  const ids = cellsOf(row, identity)
  await writer.rows('runs', [row])
  for await (const epochs of source.epochs(runId)) {
    await writer.rows('epochs', epochs.map((epoch) => epochRow(ids, epoch, task)))
    await writer.rows('patterns', epochs.flatMap((epoch) => patternRows(ids, epoch)))
  }
  if (!writer.array) return
  for (const { epoch, kind, name } of run.arrays) {
    const array = await source.array(runId, epoch, kind, name)
    await writer.array(run.summary, array)
    release(array)
  }
}

/** Free the elements now. Their memory would else grow until the next collection of garbage, which does not see it. */
export function release({ data }: ReadArray): void {
  ;(data.buffer as ArrayBuffer).transfer(0)
}
