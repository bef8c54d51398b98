import path from 'node:path'
import { DONE } from './failure.ts'
import type { Output } from './output.ts'
import { withLibrary } from './surroundings.ts'

export interface ExportFlags {
  format: 'csv' | 'json' | 'archive'
  out: string
  library?: string
}

export async function exportRuns(runIds: string[], flags: ExportFlags, output: Output): Promise<number> {
  const dir = path.resolve(flags.out)
  const files = await withLibrary(flags.library, (app) => app.exportRuns(runIds, flags.format, dir))
  output.result({ files }, files.join('\n'))
  return DONE
}
