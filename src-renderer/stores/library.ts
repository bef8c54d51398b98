import { defineStore } from 'pinia'
import { computed, ref, shallowReactive, shallowRef } from 'vue'
import * as z from 'zod'
import { call, librarySettingsSchema, on } from '../bridge/bridge.ts'
import type { Backup, CheckReport, EventPayload, LibrarySettings, LibraryTask, LibraryWork, Usage } from '../bridge/bridge.ts'
import { useApplication } from './application.ts'
import { useRuns } from './runs.ts'

export type { Backup, CheckReport, Finding, LibrarySettings, LibraryTask, LibraryWork, Usage } from '../bridge/bridge.ts'
export type Notice = EventPayload<'library.notice'>

/** However much happens, the room that is taken is asked for no oftener, ms. */
const USAGE_EVERY = 2000

/** Tasks that can be ended before they are through. */
const cancellable: readonly LibraryTask[] = ['check', 'backup', 'compact']
const withDialog: readonly LibraryTask[] = ['move', 'import']

const { properties } = z.toJSONSchema(librarySettingsSchema, { io: 'input' }) as unknown as {
  properties: Record<keyof LibrarySettings, { minimum: number; maximum: number }>
}
/** What its settings may be. */
export const limits = properties

/** What the library says of itself, and what can be done for it. */
export const useLibrary = defineStore('library', () => {
  const runs = useRuns()
  const application = useApplication()
  const usage = shallowRef<Usage | null>(null)
  const settings = shallowRef<LibrarySettings | null>(null)
  const backups = shallowRef<Backup[] | null>(null)
  const report = shallowRef<CheckReport | null>(null)
  /** The newest; null where it was put away. */
  const notice = shallowRef<Notice | null>(null)
  const works = shallowReactive(new Map<LibraryTask, LibraryWork>())
  /** What this window waits for the answer of. */
  const asked = ref<LibraryTask | null>(null)

  const told = computed(() => [...works.values()].at(-1) ?? null)
  /** The task that is under way, or about to be: one at a time. */
  const task = computed(() => told.value?.task ?? asked.value)
  /** How far it is, as it was told, else as it was asked for. What begins with a dialog may never begin. */
  const work = computed(() => {
    const begins = asked.value !== null && !withDialog.includes(asked.value) ? begun(asked.value) : null
    return told.value ?? begins
  })
  const canCancel = computed(() => work.value !== null && cancellable.includes(work.value.task))

  const readUsage = async () => { usage.value = await call('library.usage', {}) }
  const readBackups = async () => { backups.value = await call('library.backups', {}) }
  const readSettings = async () => { settings.value = await call('library.settings', {}) }
  const refresh = async () => { await Promise.all([readUsage(), readBackups(), readSettings()]) }

  const tell = (error: unknown) => {
    notice.value = { level: 'error', message: error instanceof Error ? error.message : String(error) }
  }

  let timer: ReturnType<typeof setTimeout> | null = null
  const readUsageSoon = () => {
    timer ??= setTimeout(() => {
      timer = null
      readUsage().catch(tell)
    }, USAGE_EVERY)
  }

  const takeWork = (now: LibraryWork) => {
    if (!now.ended) return works.set(now.task, now)
    works.delete(now.task)
    refresh().catch(tell)
  }

  const connect = async () => {
    on('library.work', (now) => { takeWork(now) })
    on('library.notice', (now) => { notice.value = now })
    // Listing thousands of runs takes long enough to be felt.
    on('library.changed', () => {
      const listed = runs.isOwnMove() ? [] : [runs.relist(), application.refresh()]
      Promise.all([...listed, refresh()]).catch(tell)
    })
    for (const name of ['run.changed', 'run.kept', 'run.removed'] as const) on(name, readUsageSoon)
    await refresh().catch(tell)
  }

  /** One at a time from this window; what it was told of the task goes with its answer. */
  const during = async <T>(task: LibraryTask, act: () => Promise<T>): Promise<T> => {
    asked.value = task
    try {
      return await act()
    } finally {
      asked.value = null
      works.delete(task)
      await refresh().catch(tell)
    }
  }

  return {
    usage, settings, backups, report, notice, task, work, canCancel, connect, refresh,
    dismissNotice: () => { notice.value = null },
    configure: async (some: Partial<LibrarySettings>) => {
      settings.value = await call('library.configure', some)
    },
    check: (repair: boolean) => during('check', async () => {
      report.value = await call('library.check', { repair })
      return report.value
    }),
    backUp: () => during('backup', () => call('library.backup', {})),
    /** Answers where the library as it was is kept. */
    restore: async (file: string) => {
      const { setAside } = await during('restore', () => call('library.restore', { file }))
      report.value = null
      return setAside
    },
    /** Answers how many bytes were given back. */
    compact: async () => (await during('compact', () => call('library.compact', {}))).freedBytes,
    /** Answers its new place, or null where the person cancelled. */
    move: async () => (await during('move', () => call('library.move', {})))?.file ?? null,
    importRuns: () => during('import', runs.importRuns),
    cancel: () => call('library.cancel', {}),
  }
})

const begun = (task: LibraryTask): LibraryWork => ({ task, done: 0, total: 0, unit: 'bytes', rate: 0, secondsLeft: null, ended: false })
