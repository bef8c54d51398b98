import { existsSync } from 'node:fs'
import { readPresets } from '../app/presets.ts'
import { DONE } from './failure.ts'
import { table } from './format.ts'
import type { Output } from './output.ts'
import { libraryFile, resourcesDir, withLibrary } from './surroundings.ts'

/** List the built-in presets, and the user's own if there is a library. */
export async function presets(flags: { library?: string }, output: Output): Promise<number> {
  const nothingYet = flags.library === undefined && !existsSync(libraryFile())
  const found = nothingYet ? await readPresets(resourcesDir) : await withLibrary(flags.library, output, (app) => app.presets())
  output.result(found, table([['Preset', 'Title'], ...found.map(({ id, title }) => [id, title])]))
  return DONE
}
