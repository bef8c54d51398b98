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
  judgeOutcomes(): Promise<void>
  indexQueries(): Promise<void>
  emit: EventHub['emit']
}

/**
 * Start the tasks of an open application: continue the saved queue, judge and index runs of earlier versions, make scheduled backups and watch
 * for changes by other programs.
 * @returns a function that ends the tasks
 */
export function startBackgroundTasks(options: BackgroundTaskOptions) {
  const { library, runs, sweeps, maintenance, judgeOutcomes, indexQueries, emit } = options
  const orNotice = (what: string, act: () => Promise<unknown>) => void act().catch((error: Error) =>
    emit('library.notice', { level: 'error', message: `${what}: ${error.message}` }))
  const backUp = () => orNotice('The backup failed', () => maintenance.backUpIfDue())
  const look = () => void library.changedElsewhere().then((changed) => { if (changed) emit('library.changed', {}) }, () => {})

  orNotice('Could not continue the queue', async () => {
    await runs.adopt()
    await sweeps.advanceAll()
  })
  orNotice('Could not judge the outcomes of earlier runs', judgeOutcomes)
  orNotice('Could not index earlier runs', indexQueries)
  backUp()
  const timers = [setInterval(look, LOOK_MS), setInterval(backUp, BACKUP_MS)]
  for (const timer of timers) timer.unref()
  return () => timers.forEach(clearInterval)
}
