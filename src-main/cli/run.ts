import path from 'node:path'
import type { Spec } from '../../src-engine/spec/spec.ts'
import type { App } from '../app/app.ts'
import { writeWithFolder } from '../app/files.ts'
import { withOverrides } from '../app/overrides.ts'
import { prepareSpec } from '../app/prepare.ts'
import { OWN } from '../app/own-presets.ts'
import { readSpecSource, type SpecSource } from '../app/spec-source.ts'
import { warningsOf } from '../app/warnings.ts'
import { backUpIfDue } from './backup.ts'
import { DONE, FAILED } from './failure.ts'
import { follow, resultOf } from './follow.ts'
import { describeRun } from './format.ts'
import type { Output } from './output.ts'
import { libraryFile, openApp, resourcesDir, withLibrary } from './surroundings.ts'

export interface RunFlags {
  seed?: string
  set?: string[]
  library?: string
  /** A file, or true for the default location. */
  figure?: string | true
}

/** Run one experiment to its end. The library is opened only after the whole spec is validated. */
export async function run(word: string, flags: RunFlags, output: Output): Promise<number> {
  const spec = await readSpec(word, flags)
  for (const { path, message } of warningsOf(spec)) output.say(`${path}: ${message}`)
  const app = await openApp(flags.library)
  try {
    const runId = await app.start(spec)
    output.say(`Run ${runId} started. Library: ${libraryFile(flags.library)}`)
    const summary = await follow(app, runId, spec.training.epochs, output)
    const figure = flags.figure ? await saveFigure(app, runId, flags) : null
    if (figure) output.say(`Figure: ${figure}`)
    await backUpIfDue(app, output)
    output.result({ ...resultOf(summary), ...(figure && { figure }) }, describeRun(summary))
    return summary.status === 'done' ? DONE : FAILED
  } finally {
    await app.close()
  }
}

async function readSpec(word: string, { seed, set = [], library }: RunFlags) {
  const { document, ...origin } = await sourceOf(word, library)
  const assignments = seed === undefined ? set : [...set, `seed=${seed}`]
  return prepareSpec(withOverrides(document, assignments), { ...origin, resourcesDir })
}

/** The spec of a saved run, a preset or a file. @throws BadInput if there is none of that name */
export async function readAnySpec(app: App, word: string): Promise<Spec> {
  const saved = (await app.list()).find(({ runId }) => runId === word)
  if (saved) return (await app.get(saved.runId)).spec
  const own = (await app.presets()).find(({ id }) => id === word)
  if (own) return own.spec
  const { document, source, baseDir } = await readSpecSource(word, { resourcesDir, cwd: process.cwd() })
  return app.prepare(document, source, baseDir)
}

/** Source of the spec. Only the user's own presets need the library. */
async function sourceOf(word: string, library: string | undefined): Promise<SpecSource> {
  const cwd = process.cwd()
  const own = word.startsWith(OWN) ? (await withLibrary(library, (app) => app.presets())).find(({ id }) => id === word) : null
  return own ? { document: own.spec, source: `preset ${word}`, baseDir: cwd } : readSpecSource(word, { resourcesDir, cwd })
}

async function saveFigure(app: App, runId: string, { figure, library }: RunFlags): Promise<string> {
  const defaultFile = path.join(path.dirname(libraryFile(library)), 'figures', `${runId}.svg`)
  const file = path.resolve(typeof figure === 'string' ? figure : defaultFile)
  await writeWithFolder(file, await app.figure(runId))
  return file
}
