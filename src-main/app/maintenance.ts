import path from 'node:path'
import type { Backup, CheckReport, LibraryTask, LibraryWork } from '../contract/library.ts'
import { backupName, backupsOf } from '../library/backups.ts'
import { draftOf, moveOnDisk, removeDraft, setAside, takePlace } from '../library/files.ts'
import type { Checked, FileJob, FileWorkers } from '../library/file-work.ts'
import { type Fault, type Library, LibraryError } from '../library/library.ts'
import { LongTask } from '../library/long-task.ts'
import { RunError } from '../runs/error.ts'
import type { Runs } from '../runs/runs.ts'
import { mend, reportOf } from './mend.ts'

export interface MaintenanceOptions {
  library: Library
  runs: Pick<Runs, 'active'>
  files: FileWorkers
  onWork(work: LibraryWork): void
  /** Another file is in place now. */
  onReplaced(): void
}

type Progress = (done: number, total: number) => void

/** What keeps a library well: checks, repairs, backups, restores, moves. */
export interface Maintenance {
  check(repair: boolean): Promise<CheckReport>
  backups(): Backup[]
  backUp(): Promise<Backup>
  /** Where the schedule asks for it. @returns null where it does not */
  backUpIfDue(now?: number): Promise<Backup | null>
  /** @returns where the library as it was is kept */
  restore(file: string): Promise<string>
  /** Into another folder, its backups with it. @returns its new place */
  move(folder: string): Promise<string>
  compact(): Promise<number>
  cancel(): Promise<void>
}

export function createMaintenance({ library, runs, files, onWork, onReplaced }: MaintenanceOptions): Maintenance {
  let job: FileJob<unknown> | null = null

  /** One at a time, told as a long task. */
  async function through<Result>(name: LibraryTask, start: (progress: Progress) => FileJob<Result>): Promise<Result> {
    if (job) throw new LibraryError('busy', 'another long task on the library is under way')
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

  function requireRest(what: string): void {
    const { length } = runs.active
    const runsAre = length === 1 ? 'a run is' : `${length} runs are`
    if (length === 0) return
    throw new RunError('running', `the library cannot be ${what} while ${runsAre} queued or running; stop or pause first`)
  }

  async function check(repair: boolean): Promise<CheckReport> {
    const checked = await through('check', (progress) => files.check(library.file, progress))
    return reportOf(checked, repair ? await repairAll(checked) : [])
  }

  function repairAll({ faults }: Checked): Promise<(string | null)[]> {
    const isStructural = faults.some(({ kind }) => kind === 'structure')
    return isStructural ? rebuild(faults) : library.repair(faults)
  }

  /** The file itself is damaged: what can be read goes into a new one, the damaged one is kept. */
  async function rebuild(faults: Fault[]): Promise<(string | null)[]> {
    requireRest('repaired')
    let done: string | null = null
    await library.replace(async (file) => {
      done = await mend(file, files)
      return file
    })
    await settle()
    return faults.map(() => done)
  }

  /** After another file was put in place. */
  async function settle(): Promise<void> {
    await library.interruptUnfinished()
    onReplaced()
  }

  async function restore(backup: string): Promise<string> {
    if (!backupsOf(library.file).some(({ file }) => file === backup)) throw new LibraryError('cannot-open', `${backup} is no backup of this library`)
    requireRest('restored')
    const draft = draftOf(library.file)
    let aside: string | null = null
    try {
      await through('restore', (progress) => files.copy([{ from: backup, to: draft }], progress))
      await library.replace(async (file) => {
        aside = takePlace(draft, file, 'before-restore')
        return file
      })
    } finally {
      removeDraft(draft)
    }
    await settle()
    return aside!
  }

  async function move(folder: string): Promise<string> {
    requireRest('moved')
    const to = path.join(folder, path.basename(library.file))
    if (to === library.file) return to
    await library.replace(async (from) => {
      const moved = (backup: Backup) => ({ from: backup.file, to: backupName(to, backup.reason, new Date(backup.madeAt)) })
      // The library last: whatever fails before, it is where it was.
      for (const pair of [...backupsOf(from).map(moved), { from, to }]) await moveFile(pair)
      return to
    })
    await settle()
    return to
  }

  /** To another disk it is copied and read back; what is left behind is kept under another name, for the user to remove. */
  async function moveFile(pair: { from: string; to: string }): Promise<void> {
    if (moveOnDisk(pair.from, pair.to)) return
    await through('move', (progress) => files.copy([pair], progress))
    setAside(pair.from, 'moved')
  }

  return {
    check,
    restore,
    move,
    backups: () => backupsOf(library.file),
    backUp: () => library.backUp('asked'),
    async backUpIfDue(now = Date.now()) {
      const { backupEvery } = await library.settings()
      const newest = backupsOf(library.file).find(({ reason }) => reason === 'scheduled')
      const isDue = backupEvery > 0 && (!newest || now - Date.parse(newest.madeAt) >= backupEvery * 3_600_000)
      return isDue && library.readOnly === null ? library.backUp('scheduled') : null
    },
    compact: () => library.compact(),
    async cancel() {
      job?.cancel()
      await library.cancel()
    },
  }
}
