import type { Command } from '../../stores/commands.ts'
import type { QueueAction, useQueueActions } from './actions.ts'
import type { Move } from './order.ts'

export const actionKeys: Readonly<Record<QueueAction, string>> = { pause: 'P', resume: 'U', stop: 'S', retry: 'T' }

interface More {
  ask: (action: QueueAction) => void
  openChosen: () => void
  blockedToOpen: () => string | null
}

/** What the Queue screen offers to palette and keys. */
export function queueCommands(to: ReturnType<typeof useQueueActions>, { ask, openChosen, blockedToOpen }: More): Command[] {
  const act = (action: QueueAction, title: string): Command =>
    ({ id: `queue-${action}`, title, key: actionKeys[action], blocked: () => to.blocked(action), run: () => ask(action) })
  const move = (where: Move & string, title: string, key: string): Command =>
    ({ id: `queue-${where}`, title, key, blocked: to.blockedToMove, run: () => void to.move(where) })
  return [
    act('pause', 'Pause the chosen'),
    act('resume', 'Resume the chosen'),
    act('stop', 'Stop the chosen'),
    act('retry', 'Retry the chosen as new runs'),
    move('up', 'Move the chosen one place up', 'Ctrl ArrowUp'),
    move('down', 'Move the chosen one place down', 'Ctrl ArrowDown'),
    move('top', 'Move the chosen to the top', 'Ctrl Home'),
    move('bottom', 'Move the chosen to the bottom', 'Ctrl End'),
    { id: 'queue-raise', title: 'Raise the priority of the chosen', key: '+', blocked: to.blockedToMove, run: () => void to.stepPriority(1) },
    { id: 'queue-lower', title: 'Lower the priority of the chosen', key: '-', blocked: to.blockedToMove, run: () => void to.stepPriority(-1) },
    { id: 'queue-hold', title: 'Pause all: hold the queue', key: 'H', blocked: to.blockedToHold, run: () => void to.hold() },
    { id: 'queue-release', title: 'Resume all: let the queue go on', key: 'G', blocked: to.blockedToRelease, run: () => void to.release() },
    { id: 'queue-more-workers', title: 'One more run at the same time', key: ']', run: () => void to.stepWorkers(1) },
    { id: 'queue-fewer-workers', title: 'One run fewer at the same time', key: '[', run: () => void to.stepWorkers(-1) },
    { id: 'queue-all-cores', title: 'As many runs at the same time as there are cores', key: '=', run: () => void to.setWorkers(0) },
    { id: 'queue-open', title: 'Open the chosen run or the sweep’s results', key: 'O', blocked: blockedToOpen, run: openChosen },
  ]
}
