import { DONE } from './failure.ts'
import type { Output } from './output.ts'
import { typedPath } from './paths.ts'
import { withLibrary } from './surroundings.ts'

export interface ExportFlags {
  format: 'csv' | 'json' | 'archive'
  out: string
  library?: string
}

export async function exportRuns(runIds: string[], flags: ExportFlags, output: Output): Promise<number> {
  const dir = typedPath(flags.out)
  const files = await withLibrary(flags.library, output, (app) => app.exportRuns(runIds, flags.format, dir))
  output.result({ files }, files.join('\n'))
  return DONE
}
