import { counted } from '../../src-engine/format/words.ts'
import type { Shelf } from '../app/app.ts'
import { DONE } from './failure.ts'
import type { Output } from './output.ts'
import { withLibrary } from './surroundings.ts'

interface Flags {
  library?: string
}

/** Move runs between the library, the archive and the trash. */
export async function shelve(runIds: string[], shelf: Shelf, flags: Flags, output: Output): Promise<number> {
  await withLibrary(flags.library, output, (app) => app.shelve(runIds, shelf))
  output.result({ runIds, shelf }, `Moved ${counted(runIds.length, 'run')} to the ${shelf}.`)
  return DONE
}

/** Permanently delete runs that are in the trash. */
export async function deleteRuns(runIds: string[], flags: Flags, output: Output): Promise<number> {
  await withLibrary(flags.library, output, (app) => app.deleteRuns(runIds))
  output.result({ runIds }, `Deleted ${counted(runIds.length, 'run')}. Free the disk space with: chalcogen compact`)
  return DONE
}
