import { computed, shallowReactive } from 'vue'
import { formatCount, sentence } from '../../components/format.ts'
import { statusTitles } from '../../../src-engine/experiment/run-status.ts'
import { useApplication } from '../../stores/application.ts'
import type { Command } from '../../stores/commands.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { isResumable, isUnfinished, type RunSummary, useRuns } from '../../stores/runs.ts'
import { showError } from '../provide-charts.ts'

export type RunAction = 'pause' | 'stop' | 'resume' | 'retry'

const retryable: readonly RunSummary['status'][] = ['failed', 'stopped', 'interrupted', 'done']

/** Actions available on a run, with Resume last. */
export function actionsOf(run: RunSummary): RunAction[] {
  if (isUnfinished(run)) return ['pause', 'stop']
  return [...(retryable.includes(run.status) ? ['retry' as const] : []), ...(isResumable(run.status) ? ['resume' as const] : [])]
}

/** Position of the last checkpoint: 'after epoch 12', 'within epoch 13'. Null if there is none. */
export function checkpointPlace({ checkpoint, sequences, epochs }: RunSummary): string | null {
  if (checkpoint === null || checkpoint === 0) return null
  const patterns = sequences / epochs
  const done = Math.floor(checkpoint / patterns)
  return checkpoint % patterns === 0 ? `after epoch ${formatCount(done)}` : `within epoch ${formatCount(done + 1)}`
}

/** Tooltip of an action. */
export function titleOf(action: RunAction, run: RunSummary): string {
  switch (action) {
    case 'pause': return 'Save a checkpoint and pause'
    case 'stop': return 'Save a checkpoint and stop. The run can be resumed later.'
    case 'resume': return `Continue ${checkpointPlace(run) ?? 'from the start'}`
    case 'retry': return run.status === 'done'
      ? 'Start a new run of the same experiment and compare the results bit by bit'
      : 'Start a new run of the same experiment'
  }
}

/** Error of a run, followed by what is saved; null if there was no error. */
export function errorLine(run: RunSummary): string | null {
  if (run.error === null) return null
  const place = checkpointPlace(run)
  const checkpoint = place === null ? '' : ` The last checkpoint is ${place}.`
  return `${sentence(run.error.message)} All data recorded before the error is saved.${checkpoint}`
}

/** Actions of one run, for buttons and commands. */
export function useRunActions(run: () => RunSummary | null, keys: Readonly<Record<RunAction, string>>) {
  const runs = useRuns()
  const navigation = useNavigation()
  const application = useApplication()
  /** Pending action by run id. A pause or stop is pending until the checkpoint is saved. */
  const pending = shallowReactive(new Map<string, RunAction>())

  const offered = computed(() => {
    const now = run()
    return now === null ? [] : actionsOf(now)
  })
  const pendingAction = computed(() => pending.get(run()?.runId ?? '') ?? null)

  const acts: Readonly<Record<RunAction, (runId: string) => Promise<void>>> = {
    pause: async (runId) => { await runs.pause(runId) },
    stop: async (runId) => { await runs.stop(runId) },
    resume: async (runId) => { await runs.resume(runId) },
    retry: async (runId) => navigation.openRun(await runs.retry(runId)),
  }
  const act = async (action: RunAction) => {
    const runId = run()?.runId
    if (runId === undefined || pending.has(runId)) return
    pending.set(runId, action)
    await acts[action](runId).catch(showError)
    pending.delete(runId)
  }

  const blocked = (action: RunAction) => {
    const now = run()
    if (now === null) return 'Select a run first.'
    if (!actionsOf(now).includes(action)) return action === 'pause' || action === 'stop' ? 'This run is not running.' : `This run is ${statusTitles[now.status]}.`
    if (action === 'pause' || action === 'stop') return null
    return application.blocked ?? now.unreadable ?? null
  }
  const commands = (['pause', 'stop', 'resume', 'retry'] as const).map((action): Command => ({
    id: `${action}-run`, title: commandTitles[action], key: keys[action], blocked: () => blocked(action), run: () => void act(action),
  }))

  return { offered, pendingAction, act, blocked, commands }
}

const commandTitles: Readonly<Record<RunAction, string>> = {
  pause: 'Pause this run',
  stop: 'Stop this run',
  resume: 'Resume this run',
  retry: 'Retry or reproduce this run',
}
