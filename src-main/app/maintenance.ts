import path from 'node:path'
import type { Backup, CheckReport, LibraryTask, LibraryWork } from '../contract/library.ts'
import { backupsOf, isBackupDue } from '../library/backups.ts'
import { draftOf, realFile, removeDraft } from '../library/files.ts'
import type { Checked, FileJob, FileWorkers } from '../library/file-work.ts'
import { type Fault, type Library, LibraryError } from '../library/library.ts'
import { LongTask } from '../library/long-task.ts'
import { moveLibrary } from '../library/move.ts'
import { type Rename, replaceFile } from '../library/unfinished.ts'
import { RunError } from '../runs/error.ts'
import type { Runs } from '../runs/runs.ts'
import { findBackup } from './find-backup.ts'
import { rebuildFile, reportOf } from './rebuild.ts'

export interface MaintenanceOptions {
  library: Library
  runs: Pick<Runs, 'active'>
  files: FileWorkers
  onWork(work: LibraryWork): void
  /** Called after the library file was replaced. */
  onReplaced(): void
  /** Called once the library is in its new place, before that is opened. */
  onMoved(from: string, to: string): void
}

type Progress = (done: number, total: number) => void

/** Maintenance of a library: checks, repairs, backups, restores and moves. */
export interface Maintenance {
  check(repair: boolean): Promise<CheckReport>
  backups(): Backup[]
  backUp(): Promise<Backup>
  /** Make a scheduled backup. @returns null if none is due */
  backUpIfDue(now?: number): Promise<Backup | null>
  /** Replace the library with a backup. @returns the path of the previous library */
  restore(file: string): Promise<string>
  /** Move the library and its backups to another folder. @returns the new path */
  move(folder: string): Promise<string>
  compact(): Promise<number>
  cancel(): Promise<void>
}

export function createMaintenance({ library, runs, files, onWork, onReplaced, onMoved }: MaintenanceOptions): Maintenance {
  let job: FileJob<unknown> | null = null

  /** Run a file job as a long task, one at a time. */
  async function runTask<Result>(name: LibraryTask, start: (progress: Progress) => FileJob<Result>): Promise<Result> {
    if (job) throw new LibraryError('busy', 'Another task on the library is running. Wait until it ends, or cancel it.')
    const task = new LongTask(name, 'bytes', onWork)
    const started = start((done, total) => task.report(done, total))
    job = started
    try {
      return await started.result
    } finally {
      job = null
      task.end()
    }
  }

  function requireIdle(action: string): void {
    if (library.readOnly !== null) throw new LibraryError('read-only', library.readOnly)
    const { length } = runs.active
    const runsAre = length === 1 ? 'a run is' : `${length} runs are`
    if (length === 0) return
    const fix = `Stop or pause ${length === 1 ? 'it' : 'them'} first.`
    throw new RunError('running', `Cannot ${action} the library while ${runsAre} queued or running. ${fix}`)
  }

  async function check(repair: boolean): Promise<CheckReport> {
    const checked = await runTask('check', (progress) => files.check(library.file, progress))
    return reportOf(checked, repair ? await repairAll(checked) : [])
  }

  function repairAll({ faults }: Checked): Promise<(string | null)[]> {
    const isStructural = faults.some(({ kind }) => kind === 'structure')
    return isStructural ? rebuild(faults) : library.repair(faults)
  }

  /** Repair structural damage: copy the readable runs to a new file and keep the damaged one. */
  async function rebuild(faults: Fault[]): Promise<(string | null)[]> {
    requireIdle('repair')
    let done: string | null = null
    await library.replace(async (file) => {
      done = await rebuildFile(file, files)
      return file
    })
    await afterReplacement()
    return faults.map(() => done)
  }

  async function afterReplacement(): Promise<void> {
    await library.interruptUnfinished()
    onReplaced()
  }

  async function restore(backup: string): Promise<string> {
    const known = findBackup(library.file, backup)
    if (known === null) throw new LibraryError('cannot-open', `${backup} is not a backup of this library.`)
    requireIdle('restore')
    const draft = draftOf(library.file)
    let aside: string | null = null
    try {
      await runTask('restore', (progress) => files.copy([{ from: known, to: draft }], progress))
      await library.replace(async (file) => {
        aside = replaceFile('restore', draft, file, 'before-restore')
        return file
      })
    } finally {
      removeDraft(draft)
    }
    await afterReplacement()
    return aside!
  }

  async function move(folder: string): Promise<string> {
    requireIdle('move')
    const to = realFile(path.join(folder, path.basename(library.file)))
    if (to === library.file) return to
    const copy = (copies: Rename[]) => runTask('move', (progress) => files.copy(copies, progress))
    await library.replace(async (from) => {
      await moveLibrary(from, to, copy, () => onMoved(from, to))
      return to
    })
    await afterReplacement()
    return to
  }

  return {
    check,
    restore,
    move,
    backups: () => backupsOf(library.file),
    backUp: () => library.backUp('asked'),
    async backUpIfDue(now = Date.now()) {
      const { backupEvery } = await library.settings()
      const isDue = isBackupDue(backupsOf(library.file), backupEvery * 3_600_000, now)
      return isDue && library.readOnly === null ? library.backUp('scheduled') : null
    },
    compact: () => library.compact(),
    async cancel() {
      job?.cancel()
      await library.cancel()
    },
  }
}
