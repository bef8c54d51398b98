import path from 'node:path'
import type { Backup, CheckReport } from '../contract/library.ts'
import { BadInput } from '../contract/problem.ts'
import { backupsOf } from '../library/backups.ts'
import { draftOf, removeDraft, setAside, takePlace } from '../library/files.ts'
import { FileWorkers } from '../library/file-work.ts'
import { LibraryError, openLibrary } from '../library/library.ts'
import { holdersOf } from '../library/lock-holders.ts'
import { mend, reportOf } from './mend.ts'

// For a library that no connection of this process has open: one that cannot be opened, above all.

export interface ClosedOptions {
  file: string
  workers: { library: string | URL; file: string | URL }
  nativeBinding?: string
}

/** Checks a file as it is; a repair that needs more than a connection puts a new file in its place. */
export async function checkClosed(
  options: ClosedOptions, repair: boolean, onProgress: (done: number, total: number) => void,
): Promise<CheckReport> {
  const file = path.resolve(options.file)
  const files = new FileWorkers(options.workers.file, options.nativeBinding)
  const checked = await files.check(file, onProgress).result
  if (!repair || checked.faults.length === 0) return reportOf(checked, [])
  if (checked.faults.some(({ kind }) => kind === 'structure')) {
    refuseInUse(file)
    const done = await mend(file, files)
    return reportOf(checked, checked.faults.map(() => done))
  }
  const library = await openLibrary({ file, worker: options.workers.library, nativeBinding: options.nativeBinding })
  try {
    return reportOf(checked, await library.repair(checked.faults))
  } finally {
    await library.close()
  }
}

export const closedBackups = (file: string): Backup[] => backupsOf(path.resolve(file))

/** Puts a backup in the place of a library, which is kept under another name. @returns that name; null where nothing was there */
export async function restoreClosed(options: ClosedOptions, backup: string): Promise<string | null> {
  const file = path.resolve(options.file)
  if (!backupsOf(file).some((known) => known.file === backup)) {
    throw new BadInput(backup, [{ path: '', found: 'no backup of this library', allowed: 'one of those that are listed' }])
  }
  refuseInUse(file)
  const draft = draftOf(file)
  try {
    await new FileWorkers(options.workers.file, options.nativeBinding).copy([{ from: backup, to: draft }], () => {}).result
    return takePlace(draft, file, 'before-restore')
  } finally {
    removeDraft(draft)
  }
}

/** Gives the place of a file that cannot be opened free for a new library. @returns where it is kept */
export function keepAside(file: string): string {
  refuseInUse(path.resolve(file))
  return setAside(path.resolve(file), 'set-aside')
}

function refuseInUse(file: string): void {
  const [holder] = holdersOf(file)
  if (holder) throw new LibraryError('locked', `${holder.name} (process ${holder.pid}) has the library open; close it and try again`)
}
