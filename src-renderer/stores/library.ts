import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import * as z from 'zod'
import { call, librarySettingsSchema, on } from '../bridge/bridge.ts'
import type { Backup, CheckReport, ExportFormat, ImportPreview, LibrarySettings, LibraryTask, LibraryWork, Notice, Usage, Verification } from '../bridge/bridge.ts'
import { useApplication } from './application.ts'
import { useRuns } from './runs.ts'

export type { Backup, CheckReport, Finding, ImportPreview, LibrarySettings, LibraryTask, LibraryWork, Notice, PreviewedRun, Usage, Verification } from '../bridge/bridge.ts'
export { differenceText, presenceOf } from '../bridge/bridge.ts'

/** Shortest interval between two reads of the disk usage, ms. */
const USAGE_EVERY = 2000

/** Number of notices kept, the newest ones. */
const NOTICES_KEPT = 20
/** How long good news is shown, ms. */
const NEWS_SHOWN_FOR = 10_000

/** Tasks that can be cancelled. */
const cancellable: readonly LibraryTask[] = ['check', 'backup', 'compact', 'import', 'export', 'verify']
/** Tasks that start with a file dialog, which the user may cancel. */
const startsWithDialog: readonly LibraryTask[] = ['move', 'import', 'export']

const { properties } = z.toJSONSchema(librarySettingsSchema, { io: 'input' }) as unknown as {
  properties: Record<keyof LibrarySettings, { minimum: number; maximum: number }>
}
/** Smallest and largest value of each library setting. */
export const limits = properties

/** State and maintenance of the library: disk usage, settings, backups, checks and long tasks. */
export const useLibrary = defineStore('library', () => {
  const runs = useRuns()
  const application = useApplication()
  const usage = shallowRef<Usage | null>(null)
  const settings = shallowRef<LibrarySettings | null>(null)
  const backups = shallowRef<Backup[] | null>(null)
  const report = shallowRef<CheckReport | null>(null)
  /** Notices that were not dismissed, oldest first. */
  const notices = shallowRef<readonly Notice[]>([])
  const works = shallowReactive(new Map<LibraryTask, LibraryWork>())
  /** The task that this window requested and that has not answered yet. */
  const requested = ref<LibraryTask | null>(null)
  /** Whether runs are being verified. This takes long and does not touch the library, so it blocks no other task. */
  const isVerifying = ref(false)
  /** What an import would do, while the user is asked; null otherwise. */
  const importPreview = shallowRef<ImportPreview | null>(null)
  /** Results of the last verification; null if there was none. */
  const verification = shallowRef<readonly Verification[] | null>(null)

  /** Progress of the task as reported; that of a verification only if there is no other task. */
  const reported = computed(() => [...works.values()].findLast(({ task }) => task !== 'verify') ?? works.get('verify') ?? null)
  /** The running or requested task. Besides a verification, there is only one at a time. */
  const task = computed(() => {
    const other = reported.value?.task === 'verify' ? null : reported.value?.task
    return other ?? requested.value ?? (isVerifying.value ? 'verify' : null)
  })
  /** Progress as last reported; zero for a requested task. Null for a task whose dialog is still open. */
  const work = computed(() => {
    if (reported.value !== null || task.value === null) return reported.value
    return startsWithDialog.includes(task.value) ? null : initialWork(task.value)
  })
  const canCancel = computed(() => work.value !== null && cancellable.includes(work.value.task))

  const readUsage = async () => { usage.value = await call('library.usage', {}) }
  const readBackups = async () => { backups.value = await call('library.backups', {}) }
  const readSettings = async () => { settings.value = await call('library.settings', {}) }
  const refresh = async () => { await Promise.all([readUsage(), readBackups(), readSettings()]) }

  const isReplaced = (old: Notice, { message, runId, waits }: Notice) =>
    old.message === message || (runId !== undefined && old.runId === runId) || (waits !== undefined && old.waits === waits)
  const dismissNotice = (dismissed: Notice) => { notices.value = notices.value.filter((notice) => notice !== dismissed) }
  const addNotice = (notice: Notice) => {
    notices.value = [...notices.value.filter((old) => !isReplaced(old, notice)), notice].slice(-NOTICES_KEPT)
    if (notice.level === 'info') setTimeout(() => dismissNotice(notice), NEWS_SHOWN_FOR)
  }
  /** Errors, then warnings, the newest first. Why a run waits is shown as long as it waits, so it is left out. */
  const alerts = computed(() => {
    const open = notices.value.filter(({ level, runId }) => level !== 'info' && (runId === undefined || runs.waitingOf(runId) === null))
    return open.toReversed().sort((a, b) => Number(b.level === 'error') - Number(a.level === 'error'))
  })
  const news = computed(() => notices.value.findLast(({ level }) => level === 'info') ?? null)

  const showError = (error: unknown) => addNotice({ level: 'error', message: error instanceof Error ? error.message : String(error) })

  let timer: ReturnType<typeof setTimeout> | null = null
  const readUsageSoon = () => {
    timer ??= setTimeout(() => {
      timer = null
      readUsage().catch(showError)
    }, USAGE_EVERY)
  }

  const updateWork = (now: LibraryWork) => {
    if (!now.ended) return works.set(now.task, now)
    works.delete(now.task)
    refresh().catch(showError)
  }

  const connect = async () => {
    on('library.work', (now) => { updateWork(now) })
    on('library.notice', addNotice)
    on('library.changed', () => { Promise.all([runs.relist(), application.refresh(), refresh()]).catch(showError) })
    for (const name of ['run.changed', 'run.kept', 'run.removed'] as const) on(name, readUsageSoon)
    await Promise.all([refresh().catch(showError), readNotices().catch(showError)])
  }
  /** Read the notices of the time before this window opened. */
  const readNotices = async () => {
    const earlier = await call('library.notices', {})
    for (const notice of earlier) if (notice.level !== 'info' && !notices.value.some((known) => isReplaced(notice, known))) addNotice(notice)
  }

  /** Run a task and clear its progress once it is answered. This window runs one task at a time. */
  const runTask = async <T>(task: LibraryTask, act: () => Promise<T>): Promise<T> => {
    requested.value = task
    try {
      return await act()
    } finally {
      requested.value = null
      works.delete(task)
      await refresh().catch(showError)
    }
  }

  return {
    usage, settings, backups, report, alerts, news, task, work, canCancel, isVerifying, verification, importPreview,
    connect, refresh, dismissNotice,
    configure: async (some: Partial<LibrarySettings>) => {
      settings.value = await call('library.configure', some)
    },
    check: (repair: boolean) => runTask('check', async () => {
      report.value = await call('library.check', { repair })
      return report.value
    }),
    backUp: () => runTask('backup', () => call('library.backup', {})),
    /** @returns the file that now holds the previous library */
    restore: async (file: string) => {
      const { setAside } = await runTask('restore', () => call('library.restore', { file }))
      report.value = null
      return setAside
    },
    /** @returns the freed disk space, bytes */
    compact: async () => (await runTask('compact', () => call('library.compact', {}))).freedBytes,
    /** @returns the new path of the library; null if the user cancelled */
    move: async () => (await runTask('move', () => call('library.move', {})))?.file ?? null,
    /** Ask what an import of a file that the user chooses would do. */
    previewImport: () => runTask('import', async () => { importPreview.value = await runs.previewImport() }),
    importRuns: (file: string) => runTask('import', () => runs.importRuns(file)),
    /** @returns the paths of the files; null if the user cancelled the dialog */
    exportRuns: async (runIds: readonly string[], format: ExportFormat) =>
      (await runTask('export', () => call('runs.export', { runIds: [...runIds], format })))?.files ?? null,
    verifyRuns: async (runIds: readonly string[]) => {
      isVerifying.value = true
      try {
        return verification.value = await call('runs.verify', { runIds: [...runIds] })
      } finally {
        isVerifying.value = false
        works.delete('verify')
      }
    },
    cancel: () => call('library.cancel', {}),
  }
})

const initialWork = (task: LibraryTask): LibraryWork => ({ task, done: 0, total: 0, unit: 'bytes', rate: 0, secondsLeft: null, ended: false })
