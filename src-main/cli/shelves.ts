import type { Shelf } from '../app/app.ts'
import { DONE } from './failure.ts'
import type { Output } from './output.ts'
import { withLibrary } from './surroundings.ts'

interface Flags {
  library?: string
}

/** Moves runs between the library, the archive and the trash. */
export async function shelve(runIds: string[], shelf: Shelf, flags: Flags, output: Output): Promise<number> {
  await withLibrary(flags.library, (app) => app.shelve(runIds, shelf))
  output.result({ runIds, shelf }, `${counted(runIds)} now in the ${shelf}.`)
  return DONE
}

/** For good; only what is in the trash. */
export async function deleteRuns(runIds: string[], flags: Flags, output: Output): Promise<number> {
  await withLibrary(flags.library, (app) => app.deleteRuns(runIds))
  output.result({ runIds }, `${counted(runIds)} deleted. Give the room back with: chalcogen compact`)
  return DONE
}

const counted = ({ length }: string[]) => (length === 1 ? 'One run is' : `${length} runs are`)
