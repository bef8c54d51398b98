import { computed, ref, shallowReactive } from 'vue'
import { useApplication } from '../../stores/application.ts'
import { useLibrary } from '../../stores/library.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { type Priority, useQueue } from '../../stores/queue.ts'
import { isResumable, isUnfinished, type RunSummary, useRuns } from '../../stores/runs.ts'
import { useSweeps } from '../../stores/sweeps.ts'
import { showError } from '../provide-charts.ts'
import { type Move, moved, movedText, steppedPriority } from './order.ts'
import { hasEnded, type Row, tallyOf } from './rows.ts'

export type QueueAction = 'pause' | 'resume' | 'stop' | 'retry'

/**
 * Actions on the selected rows and on the whole queue, for buttons, keys and the palette.
 * @param paused number of paused runs in the library
 */
export function useQueueActions(selected: () => readonly Row[], paused: () => number) {
  const queue = useQueue()
  const runs = useRuns()
  const sweeps = useSweeps()
  const library = useLibrary()
  const navigation = useNavigation()
  const application = useApplication()

  /** Announcement for screen readers. */
  const announced = ref('')
  /** Requests without an answer yet. Pausing and stopping take until the checkpoint is saved. */
  const pending = shallowReactive(new Set<string>())

  const selectedRuns = computed(() => selected().flatMap((row) => (row.kind === 'run' ? [row.run] : [])))
  /** Sweeps whose first row is selected, which stands for all their runs. */
  const selectedSweeps = computed(() => selected().flatMap((row) => (row.kind === 'sweep' && row.isFirst ? [row.sweepId] : [])))
  const runsOfSweeps = (sweepIds: readonly string[]) => sweepIds.flatMap((sweepId) => sweeps.runsOf.get(sweepId) ?? [])
  /** All runs of the selected rows, without duplicates. */
  const all = computed(() => [...new Set([...selectedRuns.value, ...runsOfSweeps(selectedSweeps.value)])])
  /** Queued runs of the selected rows, unordered. */
  const queued = computed(() => new Set(selected().flatMap((row) => {
    if (row.kind === 'sweep') return row.queued
    return row.position === null ? [] : [row.run.runId]
  })))

  const applies: Readonly<Record<QueueAction, (run: RunSummary, ofSweep: boolean) => boolean>> = {
    pause: isUnfinished,
    // Resuming a sweep leaves out runs that failed or that early stopping ended.
    resume: ({ status, error }, ofSweep) => isResumable(status) && !(ofSweep && (status === 'failed' || isHalved(status, error))),
    stop: ({ status }, ofSweep) => isUnfinished({ status }) || (ofSweep && status === 'paused'),
    retry: (run, ofSweep) => !ofSweep && hasEnded(run),
  }
  const targetsOf = (action: QueueAction) => ({
    sweepIds: selectedSweeps.value.filter((sweepId) => runsOfSweeps([sweepId]).some((run) => applies[action](run, true))),
    runs: selectedRuns.value.filter((run) => applies[action](run, false)),
  })

  /** Why an action is unavailable; null if it is available. */
  const blocked = (action: QueueAction): string | null => {
    if (selected().length === 0) return 'Select a run first.'
    const { sweepIds, runs } = targetsOf(action)
    if (sweepIds.length + runs.length === 0) return noTarget[action]
    return action === 'resume' || action === 'retry' ? application.blocked : null
  }
  /** Runs that an action would affect. */
  const affected = (action: QueueAction): RunSummary[] => {
    const { sweepIds, runs } = targetsOf(action)
    return [...new Set([...runs, ...runsOfSweeps(sweepIds).filter((run) => applies[action](run, true))])]
  }

  /** Run a request unless the same one is pending. Show its error. */
  const once = async (name: string, act: () => Promise<unknown>) => {
    if (pending.has(name)) return
    pending.add(name)
    await act().catch(showError)
    pending.delete(name)
  }
  const act = (action: QueueAction) => once(action, async () => {
    const { sweepIds, runs: single } = targetsOf(action)
    const inSweeps = new Set(sweepIds)
    const others = single.filter(({ sweep }) => sweep === null || !inSweeps.has(sweep.sweepId))
    const ofSweep = action === 'retry' ? null : sweeps[action]
    const answers = await Promise.allSettled([
      ...(ofSweep === null ? [] : sweepIds.map(ofSweep)),
      ...others.map(({ runId }) => runs[action](runId)),
    ])
    const failure = answers.find(({ status }) => status === 'rejected')
    if (failure?.status === 'rejected') throw failure.reason
  })

  const blockedToMove = () => application.blocked ?? (queued.value.size === 0 ? 'Select queued runs first.' : null)
  const move = (to: Move) => once('move', async () => {
    if (blockedToMove() !== null) return
    const before = queue.entries.map(({ runId }) => runId)
    const after = moved(queue.entries, queued.value, to)
    announced.value = movedText(before, after, queued.value)
    if (before.some((runId, index) => runId !== after[index])) await queue.order(after)
  })

  const prioritise = (priority: Priority) => once('priority', async () => {
    if (blockedToMove() !== null) return
    await queue.prioritise([...queued.value], priority)
    announced.value = `Priority set to ${priority}`
  })
  /** Step from the lowest priority of the selected runs, so that all of them end up with the same one. */
  const stepPriority = async (by: 1 | -1) => {
    const entry = queue.entries.findLast(({ runId }) => queued.value.has(runId))
    const next = entry && steppedPriority(entry.priority, by)
    if (next) await prioritise(next)
  }

  const blockedToPauseAll = () => (queue.isPaused ? 'The queue is already paused.' : null)
  const blockedToResumeAll = () => application.blocked ?? (queue.isPaused || paused() > 0 ? null : 'Nothing to resume')
  const pauseAll = () => once('pause-all', async () => {
    announced.value = 'Pausing all runs'
    await queue.pauseAll()
    announced.value = 'Queue paused'
  })
  const resumeAll = () => once('resume-all', async () => {
    await queue.resumeAll()
    announced.value = 'Queue resumed'
  })

  const setWorkers = (workers: number) => once('workers', async () => {
    await queue.setWorkers(workers)
    await library.refresh()
  })
  const stepWorkers = (by: 1 | -1) => setWorkers(Math.min(queue.cores, Math.max(1, queue.workers + by)))

  const open = (row: Row) => {
    if (row.kind === 'run') navigation.openRun(row.run.runId)
    else navigation.openSweep(row.sweepId)
  }

  return {
    announced, pending, all, queued, blocked, affected, act, blockedToMove, move, prioritise, stepPriority,
    blockedToPauseAll, blockedToResumeAll, pauseAll, resumeAll, setWorkers, stepWorkers, open,
    tally: computed(() => tallyOf(all.value)),
  }
}

/** Early stopping ends a run with an error that says so. */
const isHalved = (status: RunSummary['status'], error: RunSummary['error']) => status === 'stopped' && error !== null

const noTarget: Readonly<Record<QueueAction, string>> = {
  pause: 'Nothing to pause',
  resume: 'Nothing to resume',
  stop: 'Nothing to stop',
  retry: 'Select a run that has ended.',
}
