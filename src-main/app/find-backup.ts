import { backupsOf } from '../library/backups.ts'
import { realFile } from '../library/files.ts'

/** The backup of a library that a path leads to, possibly through links; null if there is none. */
export const findBackup = (library: string, path: string): string | null =>
  backupsOf(library).find(({ file }) => realFile(file) === realFile(path))?.file ?? null
