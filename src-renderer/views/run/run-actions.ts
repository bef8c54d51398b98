import { computed, shallowReactive } from 'vue'
import { formatCount, sentence } from '../../components/format.ts'
import { useApplication } from '../../stores/application.ts'
import type { Command } from '../../stores/commands.ts'
import { useNavigation } from '../../stores/navigation.ts'
import { isResumable, isUnfinished, type RunSummary, useRuns } from '../../stores/runs.ts'
import { tellFailure } from '../provide-charts.ts'

export type RunAction = 'pause' | 'stop' | 'resume' | 'retry'

const retryable: readonly RunSummary['status'][] = ['failed', 'stopped', 'interrupted', 'done']

/** What can be done with a run, the way on last. */
export function actionsOf(run: RunSummary): RunAction[] {
  if (isUnfinished(run)) return ['pause', 'stop']
  return [...(retryable.includes(run.status) ? ['retry' as const] : []), ...(isResumable(run.status) ? ['resume' as const] : [])]
}

/** 'after epoch 12', 'within epoch 13'; null where it would go on from the start. */
export function checkpointPlace({ checkpoint, sequences, epochs }: RunSummary): string | null {
  if (checkpoint === null || checkpoint === 0) return null
  const patterns = sequences / epochs
  const done = Math.floor(checkpoint / patterns)
  return checkpoint % patterns === 0 ? `after epoch ${formatCount(done)}` : `within epoch ${formatCount(done + 1)}`
}

/** What a button or the palette says of the action. */
export function titleOf(action: RunAction, run: RunSummary): string {
  switch (action) {
    case 'pause': return 'Keeps a checkpoint and holds'
    case 'stop': return 'Keeps a checkpoint and ends; it can be resumed later'
    case 'resume': return `Goes on ${checkpointPlace(run) ?? 'from the start'}`
    case 'retry': return run.status === 'done' ? 'A new run of the same spec; both then say whether their bits are the same' : 'A new run of the same spec'
  }
}

/** What happened, what is safe, what to do; null where nothing went wrong. */
export function errorLine(run: RunSummary): string | null {
  if (run.error === null) return null
  const place = checkpointPlace(run)
  const checkpoint = place === null ? '' : `; so is its last checkpoint, ${place}`
  return `${sentence(run.error.message)} What was recorded before is kept and shown${checkpoint}.`
}

/** The actions of one run as buttons and commands do them. */
export function useRunActions(run: () => RunSummary | null, keys: Readonly<Record<RunAction, string>>) {
  const runs = useRuns()
  const navigation = useNavigation()
  const application = useApplication()
  /** What was asked of which run and has no answer yet: a run comes to rest once its checkpoint is kept. */
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
    await acts[action](runId).catch(tellFailure)
    pending.delete(runId)
  }

  const blocked = (action: RunAction) => {
    const now = run()
    if (now === null) return 'Choose a run'
    if (!actionsOf(now).includes(action)) return action === 'pause' || action === 'stop' ? 'It does not run' : `It is ${now.status}`
    return action === 'pause' || action === 'stop' ? null : application.blocked
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
  retry: 'Retry or reproduce as a new run',
}
