import path from 'node:path'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import type { App } from '../app/app.ts'
import { requireReadable } from '../app/errors.ts'
import { namesFile, withOverrides } from '../app/overrides.ts'
import { prepareSpec } from '../app/prepare.ts'
import { OWN } from '../app/own-presets.ts'
import { readSpecSource, type SpecSource } from '../app/spec-source.ts'
import { warningsOf } from '../app/warnings.ts'
import { backUpIfDue } from './backup.ts'
import { exitCodeOfRuns, follow, resultOf } from './follow.ts'
import { describeRun } from './format.ts'
import type { Output } from './output.ts'
import { typedFigure, typedFolder } from './paths.ts'
import { type FileFlags, typedAccess } from './typed-access.ts'
import { libraryFile, resourcesDir, withApp, withLibrary } from './surroundings.ts'

export interface RunFlags extends FileFlags {
  seed?: string
  set?: string[]
  library?: string
  /** A file, or true for the default location. */
  figure?: string | true
}

/** Run one experiment to its end. The library is opened only after the whole spec is validated. */
export async function run(word: string, flags: RunFlags, output: Output): Promise<number> {
  const figureFile = typeof flags.figure === 'string' ? typedFigure(flags.figure) : null
  const spec = await readSpec(word, flags, output)
  for (const { path, message } of warningsOf(spec)) output.say(`${path}: ${message}`)
  return withApp(flags.library, output, async (app) => {
    const runId = await app.start(spec)
    output.say(`Run ${runId} started. Library: ${libraryFile(flags.library)}`)
    const summary = await follow(app, runId, output)
    const figure = flags.figure ? await saveFigure(app, runId, figureFile ?? defaultFigure(runId, flags)) : null
    if (figure) output.say(`Figure: ${figure}`)
    await backUpIfDue(app, output)
    output.result({ ...resultOf(summary), ...(figure && { figure }) }, describeRun(summary))
    return exitCodeOfRuns([summary])
  }, { trains: 'stopped' })
}

async function readSpec(word: string, flags: RunFlags, output: Output) {
  const { seed, set = [], library } = flags
  const { document, source, baseDir } = await sourceOf(word, library, output)
  const assignments = seed === undefined ? set : [...set, `seed=${seed}`]
  // A file that --set names starts where the command was typed, as every path of the command line does.
  const access = namesFile(set) ? typedAccess(typedFolder(), flags, output, true) : typedAccess(baseDir, flags, output)
  return prepareSpec(withOverrides(document, assignments), { source, access, resourcesDir, onReading: output.say })
}

/** The spec of a saved run, a preset or a file. @throws BadInput if there is none of that name */
export async function readAnySpec(app: App, word: string): Promise<Spec> {
  const saved = (await app.list()).find(({ runId }) => runId === word)
  if (saved) return requireReadable(await app.overview(saved.runId)).spec
  const own = (await app.presets()).find(({ id }) => id === word)
  if (own) return own.spec
  const { document, source, baseDir } = await readSpecSource(word, { resourcesDir, cwd: typedFolder() })
  return app.prepare(document, source, baseDir)
}

/** Source of the spec. Only the user's own presets need the library. */
async function sourceOf(word: string, library: string | undefined, output: Output): Promise<SpecSource> {
  const cwd = typedFolder()
  if (!word.startsWith(OWN)) return readSpecSource(word, { resourcesDir, cwd })
  const own = (await withLibrary(library, output, (app) => app.presets())).find(({ id }) => id === word)
  return own ? { document: own.spec, source: `preset ${word}`, baseDir: cwd } : readSpecSource(word, { resourcesDir, cwd })
}

const defaultFigure = (runId: string, { library }: RunFlags) => path.join(path.dirname(libraryFile(library)), 'figures', `${runId}.svg`)

async function saveFigure(app: App, runId: string, file: string): Promise<string> {
  await app.figure(runId, file)
  return file
}
