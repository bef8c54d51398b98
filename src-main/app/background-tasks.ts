import type { EventHub } from './events.ts'
import type { Library } from '../library/library.ts'
import type { Runs } from '../runs/runs.ts'
import type { Sweeps } from '../runs/sweeps.ts'
import type { Maintenance } from './maintenance.ts'

const LOOK_MS = 2000
const BACKUP_MS = 600_000

export interface BackgroundTaskOptions {
  library: Library
  runs: Runs
  sweeps: Sweeps
  maintenance: Maintenance
  emit: EventHub['emit']
}

/**
 * What an application does of itself while it is open: takes up the queue that was left, makes backups that are due, and sees what
 * other programs write. @returns ends it
 */
export function startBackgroundTasks({ library, runs, sweeps, maintenance, emit }: BackgroundTaskOptions): () => void {
  const orNotice = (what: string, act: () => Promise<unknown>) => void act().catch((error: Error) =>
    emit('library.notice', { level: 'error', message: `${what}: ${error.message}` }))
  const backUp = () => orNotice('The backup could not be made', () => maintenance.backUpIfDue())
  const look = () => void library.changedElsewhere().then((changed) => { if (changed) emit('library.changed', {}) }, () => {})

  orNotice('The queue could not be taken up', async () => {
    await runs.adopt()
    await sweeps.advanceAll()
  })
  backUp()
  const timers = [setInterval(look, LOOK_MS), setInterval(backUp, BACKUP_MS)]
  for (const timer of timers) timer.unref()
  return () => timers.forEach(clearInterval)
}
