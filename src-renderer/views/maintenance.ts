import { ElMessage } from 'element-plus'
import { computed } from 'vue'
import { counted, formatBytes } from '../components/format.ts'
import { useApplication } from '../stores/application.ts'
import type { Command } from '../stores/commands.ts'
import { type LibraryTask, useLibrary } from '../stores/library.ts'
import { useNavigation } from '../stores/navigation.ts'
import { useRuns } from '../stores/runs.ts'
import { tellFailure } from './provide-charts.ts'

/** What is said of a task while it is under way. */
export const doing: Readonly<Record<LibraryTask, string>> = {
  check: 'Checking the library',
  backup: 'Backing up the library',
  compact: 'Compacting the library',
  restore: 'Restoring a backup',
  move: 'Moving the library',
  import: 'Importing runs',
}

/** What is done for the library, with what is said of it; the same from a button and from the palette. */
export function useMaintenance() {
  const library = useLibrary()
  const runs = useRuns()
  const application = useApplication()
  const navigation = useNavigation()

  /** Why nothing long can begin now; null where it can. */
  const busy = computed(() => (library.task === null ? null : `${doing[library.task]}: one thing at a time`))
  const active = computed(() => runs.running.length + runs.queued.length)
  /** Why the file cannot be replaced now. */
  const unrest = computed(() => (active.value === 0
    ? null
    : `${counted(active.value, 'run')} ${active.value === 1 ? 'is' : 'are'} queued or running: stop or pause first`))
  const blockedToWrite = computed(() => busy.value ?? application.blocked)
  const blockedToReplace = computed(() => blockedToWrite.value ?? unrest.value)

  const attempt = async <T>(act: () => Promise<T>, said: (answer: T) => string | null): Promise<T | null> => {
    try {
      const answer = await act()
      const message = said(answer)
      if (message !== null) ElMessage.success(message)
      return answer
    } catch (error) {
      if (isCancelled(error)) ElMessage.info('Cancelled')
      else tellFailure(error)
      return null
    }
  }

  const backUp = () => attempt(library.backUp, ({ bytes }) => `Backed up, ${formatBytes(bytes)}`)
  const compact = () => attempt(library.compact, (freed) => (freed === 0 ? 'Nothing to give back' : `${formatBytes(freed)} given back to the disk`))
  const move = () => attempt(library.move, (file) => (file === null ? null : 'The library has moved'))
  const restore = (file: string) => attempt(() => library.restore(file), () => 'Restored')
  const importRuns = () => attempt(library.importRuns, (answer) => answer && importedText(answer))
  const cancel = () => library.cancel().catch(tellFailure)
  const check = async (repair: boolean) => {
    navigation.go('settings')
    await attempt(() => library.check(repair), () => null)
  }

  const commands: Command[] = [
    { id: 'back-up', title: 'Back up the library now', blocked: () => busy.value, run: () => void backUp() },
    { id: 'check', title: 'Check the library', blocked: () => busy.value, run: () => void check(false) },
    { id: 'compact', title: 'Compact the library', blocked: () => blockedToWrite.value, run: () => void compact() },
    { id: 'import', title: 'Import runs', blocked: () => blockedToWrite.value, run: () => void importRuns() },
  ]
  return { busy, blockedToWrite, blockedToReplace, backUp, compact, move, restore, importRuns, cancel, check, commands }
}

/** '3 runs taken in, 1 was here already'. */
export function importedText({ imported, present }: { imported: number; present: number }): string {
  const taken = imported === 0 ? 'No new runs' : `${counted(imported, 'run')} taken in`
  return present === 0 ? taken : `${taken}; ${counted(present, 'run')} ${present === 1 ? 'was' : 'were'} here already`
}

const isCancelled = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'cancelled'
