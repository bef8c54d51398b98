import type { Backup, CheckReport } from '../contract/library.ts'
import { BadInput } from '../contract/problem.ts'
import { backupsOf } from '../library/backups.ts'
import { draftOf, realFile, removeDraft } from '../library/files.ts'
import { type FileJob, FileWorkers } from '../library/file-work.ts'
import { openLibrary } from '../library/library.ts'
import { recover, refuseInUse, refuseSecondName, replaceFile, setAside } from '../library/unfinished.ts'
import { findBackup } from './find-backup.ts'
import { rebuildFile, reportOf } from './rebuild.ts'

// For a library that this process has not opened, usually because it cannot be opened.

export interface ClosedOptions {
  file: string
  workers: { library: string | URL; file: string | URL }
  nativeBinding?: string
  /** Cancels the task. */
  signal?: AbortSignal
}

/** Check a library file. Structural damage is repaired by rebuilding the file. */
export async function checkClosed(
  options: ClosedOptions, repair: boolean, onProgress: (done: number, total: number) => void,
): Promise<CheckReport> {
  const file = recover(options.file)
  refuseSecondName(file)
  const files = new FileWorkers(options.workers.file, options.nativeBinding)
  const checked = await resultOf(files.check(file, onProgress), options.signal)
  if (!repair || checked.faults.length === 0 || options.signal?.aborted) return reportOf(checked, [])
  if (checked.faults.some(({ kind }) => kind === 'structure')) {
    refuseInUse(file)
    const done = await rebuildFile(file, files)
    return reportOf(checked, checked.faults.map(() => done))
  }
  const library = await openLibrary({ file, worker: options.workers.library, nativeBinding: options.nativeBinding })
  try {
    return reportOf(checked, await library.repair(checked.faults))
  } finally {
    await library.close()
  }
}

export const closedBackups = (file: string): Backup[] => backupsOf(realFile(file))

/** Replace a library with a backup and keep it under another name. @returns that name; null if there was no library */
export async function restoreClosed(options: ClosedOptions, backup: string): Promise<string | null> {
  const file = recover(options.file)
  const known = findBackup(file, backup)
  if (known === null) {
    throw new BadInput(backup, [{ path: '', rule: 'is not a backup of this library. Run chalcogen restore to list the backups', found: '' }])
  }
  refuseInUse(file)
  const draft = draftOf(file)
  try {
    const files = new FileWorkers(options.workers.file, options.nativeBinding)
    await resultOf(files.copy([{ from: known, to: draft }], () => {}), options.signal)
    return replaceFile('restore', draft, file, 'before-restore')
  } finally {
    removeDraft(draft)
  }
}

/** Rename a file that cannot be opened, to make way for a new library. @returns the new name */
export function keepAside(file: string): string {
  const real = recover(file)
  refuseInUse(real)
  return setAside(real, 'set-aside')
}

async function resultOf<Result>({ result, cancel }: FileJob<Result>, signal?: AbortSignal): Promise<Result> {
  if (signal?.aborted) cancel()
  signal?.addEventListener('abort', cancel, { once: true })
  return result
}
