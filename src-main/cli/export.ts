import { formatCount } from '../../src-engine/format/numbers.ts'
import type { App, ExportFormat } from '../app/app.ts'
import { exportShortage, exportSizeText } from '../app/export-size.ts'
import { DONE } from './failure.ts'
import type { Output } from './output.ts'
import { typedPath } from './paths.ts'
import { requireSelection, selectedRuns, type Selection } from './selection.ts'
import { withLibrary } from './surroundings.ts'

export interface ExportFlags extends Selection {
  format: ExportFormat
  out: string
  library?: string
}

export async function exportRuns(runIds: string[], flags: ExportFlags, output: Output): Promise<number> {
  requireSelection(runIds, flags)
  const dir = typedPath(flags.out)
  const result = await withLibrary(flags.library, output, async (app) => {
    app.events.on('library.work', ({ done, total }) => { if (output.live) output.overwrite(`${formatCount(done)} of ${formatCount(total)} runs`) })
    const selected = await selectedRuns(app, runIds, flags)
    const estimatedBytes = (await app.exportSizes(selected))[flags.format]
    await sayEstimate(app, estimatedBytes, dir, output)
    return { estimatedBytes, files: await app.exportRuns(selected, flags.format, dir) }
  })
  if (output.live) output.overwrite('')
  output.result(result, result.files.join('\n'))
  return DONE
}

/** Say how large the files will be, and warn if the disk has less space. */
async function sayEstimate(app: App, estimatedBytes: number, dir: string, output: Output): Promise<void> {
  output.say(exportSizeText(estimatedBytes))
  const shortage = exportShortage(estimatedBytes, await app.freeSpace(dir), dir)
  if (shortage !== null) output.say(`Warning: ${shortage}`)
}
