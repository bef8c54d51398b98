import { formatBytes } from '../../src-engine/format/sizes.ts'
import type { App, Backup } from '../app/app.ts'
import { closedBackups, restoreClosed } from '../app/closed-library.ts'
import { DONE } from './failure.ts'
import { table } from './format.ts'
import type { Output } from './output.ts'
import { typedPath } from './paths.ts'
import { appOptions, cancellable, libraryFile, withLibrary } from './surroundings.ts'

interface Flags {
  library?: string
}

/** Back up the library, or list its backups. */
export async function backup(flags: Flags & { list?: boolean }, output: Output): Promise<number> {
  if (flags.list) return listBackups(libraryFile(flags.library), output)
  const made = await withLibrary(flags.library, output, (app) => app.backUp())
  output.result(made, made.file)
  return DONE
}

/** Replace the library with a backup. Also works if the library is damaged or missing. */
export async function restore(file: string | undefined, flags: Flags, output: Output): Promise<number> {
  const library = libraryFile(flags.library)
  if (file === undefined) return listBackups(library, output)
  const backupFile = typedPath(file)
  const options = { file: library, ...appOptions() }
  const setAside = await cancellable(output, (signal) => restoreClosed({ ...options, signal }, backupFile))
  const kept = setAside === null ? '' : `\nThe previous library is kept as ${setAside}`
  output.result({ library, setAside }, `Restored ${library} from ${backupFile}${kept}`)
  return DONE
}

/** Make a scheduled backup if one is due and no signal has come. A failure is reported but does not affect the exit code. */
export async function backUpIfDue(app: App, output: Output): Promise<void> {
  if (output.interruption.signal !== null) return
  try {
    const made = await app.backUpIfDue()
    if (made) output.say(`Backed up the library to ${made.file}`)
  } catch (error) {
    output.say(`The backup failed: ${(error as Error).message}`)
  }
}

function listBackups(library: string, output: Output): number {
  const backups = closedBackups(library)
  output.result(backups, describe(backups))
  return DONE
}

const reasonTexts: Record<Backup['reason'], string> = { scheduled: 'scheduled', asked: 'manual', migration: 'upgrade' }

function describe(backups: Backup[]): string {
  if (backups.length === 0) return 'No backups yet. Create one with: chalcogen backup'
  const rows = backups.map(({ madeAt, reason, bytes: size, file }) => [madeAt, reasonTexts[reason], formatBytes(size), file])
  return table([['Created', 'Reason', 'Size', 'File'], ...rows])
}
