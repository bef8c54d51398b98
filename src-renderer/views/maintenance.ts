import { ElMessage } from 'element-plus'
import { computed } from 'vue'
import { counted, formatBytes, formatCount } from '../components/format.ts'
import { useApplication } from '../stores/application.ts'
import type { Command } from '../stores/commands.ts'
import { type LibraryTask, useLibrary } from '../stores/library.ts'
import { useNavigation } from '../stores/navigation.ts'
import { type ExportFormat, useRuns } from '../stores/runs.ts'
import { showError } from './provide-charts.ts'

/** Title of each task while it is in progress. */
export const taskTitles: Readonly<Record<LibraryTask, string>> = {
  check: 'Checking the library',
  backup: 'Backing up the library',
  compact: 'Compacting the library',
  restore: 'Restoring a backup',
  move: 'Moving the library',
  import: 'Importing runs',
  export: 'Exporting runs',
  verify: 'Verifying runs',
}

/** Maintenance of the library with its messages, for buttons and commands. */
export function useMaintenance() {
  const library = useLibrary()
  const runs = useRuns()
  const application = useApplication()
  const navigation = useNavigation()

  /** Why no long task can start now; null if one can. */
  const busy = computed(() => (library.task === null || library.task === 'verify' ? null : `${taskTitles[library.task]}. Wait until this is finished.`))
  const active = computed(() => runs.running.length + runs.queued.length)
  /** Why active runs prevent replacing the file; null if there are none. */
  const blockedByRuns = computed(() => (active.value === 0
    ? null
    : `${counted(active.value, 'run')} ${active.value === 1 ? 'is' : 'are'} queued or running. Stop or pause ${active.value === 1 ? 'it' : 'them'} first.`))
  const blockedToWrite = computed(() => busy.value ?? application.blocked)
  const blockedToReplace = computed(() => blockedToWrite.value ?? blockedByRuns.value)

  const attempt = async <T>(act: () => Promise<T>, messageOf: (answer: T) => string | null): Promise<T | null> => {
    try {
      const answer = await act()
      const message = messageOf(answer)
      if (message !== null) ElMessage.success(message)
      return answer
    } catch (error) {
      if (isCancelled(error)) ElMessage.info('Cancelled')
      else showError(error)
      return null
    }
  }

  const backUp = () => attempt(library.backUp, ({ bytes }) => `Backup saved (${formatBytes(bytes)})`)
  const compact = () => attempt(library.compact, (freed) => (freed === 0 ? 'No disk space to free' : `${formatBytes(freed)} of disk space freed`))
  const move = () => attempt(library.move, (file) => (file === null ? null : 'Library moved'))
  const restore = (file: string) => attempt(() => library.restore(file), () => 'Backup restored')
  const previewImport = () => attempt(library.previewImport, () => null)
  const importRuns = (file: string) => attempt(() => library.importRuns(file), importedText)
  const exportRuns = (runIds: readonly string[], format: ExportFormat) =>
    attempt(() => library.exportRuns(runIds, format), (files) => files && `Saved ${counted(files.length, 'file')}`)
  const copyDiagnostics = () => attempt(application.copyDiagnostics, () => 'Diagnostics copied')
  const cancel = () => library.cancel().catch(showError)
  const check = async (repair: boolean) => {
    navigation.go('settings')
    await attempt(() => library.check(repair), () => null)
  }

  const notCancellable = () => (library.canCancel ? null : 'No task can be cancelled.')

  const commands: Command[] = [
    { id: 'back-up', title: 'Back up the library now', blocked: () => busy.value, run: () => void backUp() },
    { id: 'check', title: 'Check the library', blocked: () => busy.value, run: () => void check(false) },
    { id: 'compact', title: 'Compact the library', blocked: () => blockedToWrite.value, run: () => void compact() },
    { id: 'import', title: 'Import runs', blocked: () => blockedToWrite.value, run: () => void previewImport() },
    { id: 'cancel-task', title: 'Cancel the running task', blocked: notCancellable, run: () => void cancel() },
    { id: 'copy-diagnostics', title: 'Copy diagnostics', run: () => void copyDiagnostics() },
  ]
  return {
    busy, blockedToWrite, blockedToReplace,
    backUp, compact, move, restore, previewImport, importRuns, exportRuns, copyDiagnostics, cancel, check, commands,
  }
}

/** Result of an import: '3 runs imported, 1 already in the library'. */
export function importedText({ imported, present }: { imported: number; present: number }): string {
  const result = imported === 0 ? 'No new runs' : `${counted(imported, 'run')} imported`
  return present === 0 ? result : `${result}, ${formatCount(present)} already in the library`
}

export const isCancelled = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'cancelled'
