import { computed, ref, shallowReactive } from 'vue'
import { useApplication } from '../../stores/application.ts'
import { useLibrary } from '../../stores/library.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { type Priority, useQueue } from '../../stores/queue.ts'
import { isResumable, isUnfinished, type RunSummary, useRuns } from '../../stores/runs.ts'
import { useSweeps } from '../../stores/sweeps.ts'
import { tellFailure } from '../provide-charts.ts'
import { type Move, moved, movedText, steppedPriority } from './order.ts'
import { hasEnded, type Row, tallyOf } from './rows.ts'

export type QueueAction = 'pause' | 'resume' | 'stop' | 'retry'

/** What is done with the chosen rows and with the whole queue; the same from a button, a key and the palette. */
export function useQueueActions(chosen: () => readonly Row[]) {
  const queue = useQueue()
  const runs = useRuns()
  const sweeps = useSweeps()
  const library = useLibrary()
  const navigation = useNavigation()
  const application = useApplication()

  /** Said to a reader of the screen. */
  const announced = ref('')
  /** What was asked for and has no answer yet: a run comes to rest once its checkpoint is kept. */
  const pending = shallowReactive(new Set<string>())

  const chosenRuns = computed(() => chosen().flatMap((row) => (row.kind === 'run' ? [row.run] : [])))
  /** Those of which the whole is chosen, by their heading. */
  const chosenSweeps = computed(() => chosen().flatMap((row) => (row.kind === 'sweep' && row.isFirst ? [row.sweepId] : [])))
  const ofSweeps = (sweepIds: readonly string[]) => sweepIds.flatMap((sweepId) => sweeps.runsOf.get(sweepId) ?? [])
  /** Every run of the chosen rows once. */
  const all = computed(() => [...new Set([...chosenRuns.value, ...ofSweeps(chosenSweeps.value)])])
  /** Of the chosen rows, in no order. */
  const queued = computed(() => new Set(chosen().flatMap((row) => {
    if (row.kind === 'sweep') return row.queued
    return row.place === null ? [] : [row.run.runId]
  })))

  const suits: Readonly<Record<QueueAction, (run: RunSummary, ofSweep: boolean) => boolean>> = {
    pause: isUnfinished,
    // Of a sweep nothing comes back that failed, or that early stopping ended.
    resume: ({ status, error }, ofSweep) => isResumable(status) && !(ofSweep && (status === 'failed' || isHalved(status, error))),
    stop: ({ status }, ofSweep) => isUnfinished({ status }) || (ofSweep && status === 'paused'),
    retry: (run, ofSweep) => !ofSweep && hasEnded(run),
  }
  const suited = (action: QueueAction) => ({
    sweepIds: chosenSweeps.value.filter((sweepId) => ofSweeps([sweepId]).some((run) => suits[action](run, true))),
    runs: chosenRuns.value.filter((run) => suits[action](run, false)),
  })

  const blocked = (action: QueueAction): string | null => {
    if (chosen().length === 0) return 'Choose a run'
    const { sweepIds, runs } = suited(action)
    if (sweepIds.length + runs.length === 0) return nothing[action]
    return action === 'resume' || action === 'retry' ? application.blocked : null
  }
  /** How many runs an action is for. */
  const countOf = (action: QueueAction) => {
    const { sweepIds, runs } = suited(action)
    return new Set([...runs, ...ofSweeps(sweepIds).filter((run) => suits[action](run, true))]).size
  }

  const once = async (name: string, act: () => Promise<unknown>) => {
    if (pending.has(name)) return
    pending.add(name)
    await act().catch(tellFailure)
    pending.delete(name)
  }
  const act = (action: QueueAction) => once(action, async () => {
    const { sweepIds, runs: single } = suited(action)
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

  const blockedToMove = () => application.blocked ?? (queued.value.size === 0 ? 'Choose runs that wait in the queue' : null)
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
    announced.value = `Priority ${priority}`
  })
  /** The least of the chosen decides, so that all of them end up the same. */
  const stepPriority = async (by: 1 | -1) => {
    const entry = queue.entries.findLast(({ runId }) => queued.value.has(runId))
    const next = entry && steppedPriority(entry.priority, by)
    if (next) await prioritise(next)
  }

  const paused = computed(() => runs.summaries.filter(({ status, shelf }) => status === 'paused' && shelf === 'library').length)
  const blockedToHold = () => (queue.held ? 'It is held' : null)
  const blockedToRelease = () => application.blocked ?? (queue.held || paused.value > 0 ? null : 'Nothing is paused')
  const hold = () => once('hold', async () => {
    announced.value = 'Pausing all'
    await queue.hold()
    announced.value = 'All paused'
  })
  const release = () => once('release', async () => {
    await queue.release()
    announced.value = 'The queue goes on'
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
    announced, pending, all, queued, blocked, countOf, act, blockedToMove, move, prioritise, stepPriority,
    blockedToHold, blockedToRelease, hold, release, setWorkers, stepWorkers, open, tally: computed(() => tallyOf(all.value)),
  }
}

const isHalved = (status: RunSummary['status'], error: RunSummary['error']) => status === 'stopped' && error !== null

const nothing: Readonly<Record<QueueAction, string>> = {
  pause: 'Nothing of it runs or waits',
  resume: 'Nothing of it is paused',
  stop: 'Nothing of it runs or waits',
  retry: 'Choose a run that has ended',
}
