import type { Command } from '../../stores/commands.ts'
import type { QueueAction, useQueueActions } from './actions.ts'
import type { Move } from './order.ts'

export const actionKeys: Readonly<Record<QueueAction, string>> = { pause: 'P', resume: 'U', stop: 'S', retry: 'T' }

export const actionTitles: Readonly<Record<QueueAction, string>> = { pause: 'Pause', resume: 'Resume', stop: 'Stop', retry: 'Retry' }

/** What an action does to each run. */
export const actionNotes: Readonly<Record<QueueAction, string>> = {
  pause: 'Each run saves a checkpoint. You can resume it here.',
  resume: 'Each run returns to the queue and continues from its last checkpoint.',
  stop: 'Each run keeps its last checkpoint and its recorded data. You can resume it from the Library.',
  retry: 'Each starts as a new run of the same experiment.',
}

interface More {
  /** Do the action. Ask first if it stops several runs or affects runs that are out of sight. */
  request: (action: QueueAction) => void
  openCurrent: () => void
  blockedToOpen: () => string | null
  /** The selected runs: '3 runs'. */
  target: () => string
}

/** Commands of the Queue screen. */
export function queueCommands(to: ReturnType<typeof useQueueActions>, more: More): Command[] {
  const { request, openCurrent, blockedToOpen, target } = more
  const act = (action: QueueAction, title: string): Command =>
    ({
      id: `queue-${action}`, title, key: actionKeys[action], target, blocked: () => to.blocked(action), run: () => request(action),
    })
  const move = (where: Move & string, title: string, key: string): Command =>
    ({ id: `queue-${where}`, title, key, steps: true, blocked: to.blockedToMove, run: () => void to.move(where) })
  const stepPriority = (by: 1 | -1, id: string, title: string, key: string): Command =>
    ({ id, title, key, steps: true, blocked: to.blockedToMove, run: () => void to.stepPriority(by) })
  return [
    act('pause', 'Pause the selected runs'),
    act('resume', 'Resume the selected runs'),
    act('stop', 'Stop the selected runs'),
    act('retry', 'Retry the selected runs as new runs'),
    move('up', 'Move the selected runs up', 'Ctrl ArrowUp'),
    move('down', 'Move the selected runs down', 'Ctrl ArrowDown'),
    move('top', 'Move the selected runs to the top', 'Ctrl Home'),
    move('bottom', 'Move the selected runs to the bottom', 'Ctrl End'),
    stepPriority(1, 'queue-raise', 'Raise the priority of the selected runs', '+'),
    stepPriority(-1, 'queue-lower', 'Lower the priority of the selected runs', '-'),
    { id: 'queue-hold', title: 'Pause all runs', key: 'H', blocked: to.blockedToPauseAll, run: () => void to.pauseAll() },
    { id: 'queue-release', title: 'Resume all runs', key: 'G', blocked: to.blockedToResumeAll, run: () => void to.resumeAll() },
    { id: 'queue-more-workers', title: 'Parallel runs: one more', key: ']', steps: true, run: () => void to.stepWorkers(1) },
    { id: 'queue-fewer-workers', title: 'Parallel runs: one fewer', key: '[', steps: true, run: () => void to.stepWorkers(-1) },
    { id: 'queue-all-cores', title: 'Parallel runs: one per core', key: '=', run: () => void to.setWorkers(0) },
    { id: 'queue-open', title: 'Open the selected run or sweep results', key: 'O', blocked: blockedToOpen, run: openCurrent },
  ]
}
