import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { counted } from '../../src-engine/format/words.ts'
import { presenceOf, type PreviewedRun } from '../app/app.ts'
import { DONE, FAILED } from './failure.ts'
import type { Output } from './output.ts'
import { typedPath } from './paths.ts'
import { libraryFile, withApp } from './surroundings.ts'

export interface ImportFlags {
  library?: string
  dryRun?: boolean
}

/** Import the runs of an archive, an RO-Crate or another library, or say what an import would do. */
export async function importRuns(file: string, flags: ImportFlags, output: Output): Promise<number> {
  if (flags.dryRun) return preview(typedPath(file), flags, output)
  const { imported, present } = await withApp(flags.library, output, (app) => app.importRuns(typedPath(file)))
  output.result({ imported, present }, `Imported ${counted(imported, 'run')}.${present > 0 ? ` ${present} already in the library.` : ''}`)
  return DONE
}

/** Exits with 1 if something is damaged. */
async function preview(file: string, { library }: ImportFlags, output: Output): Promise<number> {
  const runs = await withPresentLibrary(library, (at) => withApp(at, output, (app) => app.previewImport(file)))
  output.result(runs, previewText(runs))
  return runs.some(({ state }) => state === 'damaged') ? FAILED : DONE
}

/** A library that does not exist yet is not created. An empty temporary one takes its place. */
async function withPresentLibrary<Result>(
  library: string | undefined, use: (library: string) => Promise<Result>,
): Promise<Result> {
  const file = libraryFile(library)
  if (existsSync(file)) return use(file)
  const folder = await mkdtemp(path.join(tmpdir(), 'chalcogen-import-'))
  try {
    return await use(path.join(folder, 'library.chalcogen'))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function previewText(runs: readonly PreviewedRun[]): string {
  const of = (state: PreviewedRun['state']) => runs.filter((run) => run.state === state)
  const [added, present, damaged] = [of('new'), of('present'), of('damaged')]
  return [
    `${counted(added.length, 'run')} would be imported.`,
    ...added.map(({ runId, name }) => `  ${[runId, name].join(' ').trim()}`),
    ...heading(present, `${counted(present.length, 'run')} already in the library:`),
    ...present.map((run) => `  ${run.runId} (${presenceOf(run)})`),
    ...heading(damaged, 'Damaged, and not imported:'),
    ...damaged.map(({ runId, damage }) => `  ${[runId ?? '', damage].join(' ').trim()}`),
    'Nothing was changed.',
  ].join('\n')
}

const heading = (runs: readonly PreviewedRun[], text: string): string[] => (runs.length === 0 ? [] : [text])
