import type { App, Backup } from '../app/app.ts'
import { closedBackups, restoreClosed } from '../app/closed-library.ts'
import { DONE } from './failure.ts'
import { bytes, table } from './format.ts'
import type { Output } from './output.ts'
import { appOptions, libraryFile, withLibrary } from './surroundings.ts'

interface Flags {
  library?: string
}

/** Makes one, or lists those that are there. */
export async function backup(flags: Flags & { list?: boolean }, output: Output): Promise<number> {
  if (flags.list) return listBackups(libraryFile(flags.library), output)
  const made = await withLibrary(flags.library, (app) => app.backUp())
  output.result(made, made.file)
  return DONE
}

/** The library itself need not be one any more, or be there at all. */
export async function restore(file: string | undefined, flags: Flags, output: Output): Promise<number> {
  const library = libraryFile(flags.library)
  if (file === undefined) return listBackups(library, output)
  const setAside = await restoreClosed({ file: library, ...await appOptions() }, file)
  const kept = setAside === null ? '' : `; the library as it was is kept as ${setAside}`
  output.result({ library, setAside }, `${library} is now what ${file} was${kept}`)
  return DONE
}

/** After a run, where the schedule asks for it; that it fails is said, but takes nothing from the run. */
export async function backUpIfDue(app: App, output: Output): Promise<void> {
  try {
    const made = await app.backUpIfDue()
    if (made) output.say(`Backed up the library: ${made.file}`)
  } catch (error) {
    output.say(`The backup could not be made: ${(error as Error).message}`)
  }
}

function listBackups(library: string, output: Output): number {
  const backups = closedBackups(library)
  output.result(backups, describe(backups))
  return DONE
}

function describe(backups: Backup[]): string {
  if (backups.length === 0) return 'No backups yet. Make one with: chalcogen backup'
  return table([['Made', 'Why', 'Size', 'File'], ...backups.map(({ madeAt, reason, bytes: size, file }) => [madeAt, reason, bytes(size), file])])
}
