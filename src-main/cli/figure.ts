import type { App } from '../app/app.ts'
import { BadInput } from '../app/errors.ts'
import { runIdOf } from '../app/run-ids.ts'
import { DONE } from './failure.ts'
import type { Output } from './output.ts'
import { typedFigure, typedFolder, typedPath } from './paths.ts'
import { withLibrary } from './surroundings.ts'

export interface FigureFlags {
  out: string
  /** Pixels per inch. */
  dpi?: number
  /** Whether the data, the document and a script are written beside the figure. */
  data?: true
  /** Whether texts of an SVG become paths. */
  outlines?: boolean
  library?: string
}

/** Draw a saved run, a kept figure by its name, or the figure of a document. */
export async function figure(word: string, flags: FigureFlags, output: Output): Promise<number> {
  const file = typedFigure(flags.out, flags.dpi)
  await withLibrary(flags.library, output, async (app) => {
    const document = await app.figures.find(word, typedFolder())
    if (document === null) return drawRun(app, word, file, flags, output)
    const { dpi, outlines = false, data: beside = false } = flags
    const how = { beside, outlines, kept: typedPath(word), ...(dpi !== undefined && { dpi }) }
    const { files, warnings } = (await app.figures.write(document, file, how))!
    for (const warning of warnings) output.say(warning)
    output.result({ file, files, warnings }, files.join('\n'))
  })
  return DONE
}

async function drawRun(app: App, word: string, file: string, flags: FigureFlags, output: Output): Promise<void> {
  const { dpi, outlines = false, data } = flags
  const runId = runIdOf(word, `The library has no figure and no run ${word}.`)
  if (data) {
    throw new BadInput('--data', [{ path: '', rule: 'needs a figure by its name or file. Use export for the data of a run', found: runId }])
  }
  await app.figure(runId, file, { outlines, ...(dpi !== undefined && { dpi }) })
  output.result({ file }, file)
}
