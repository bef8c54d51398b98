import type { Priority, QueueState } from '../../stores/queue.ts'

type Entry = Pick<QueueState['entries'][number], 'runId' | 'priority'>

/** Target of a move: one step, an end of the queue, or beside another queued run. */
export type Move = 'up' | 'down' | 'top' | 'bottom' | { beside: string; after: boolean }

export const priorityTitles: Readonly<Record<Priority, string>> = { high: 'High', normal: 'Normal', low: 'Low' }

const ranks = { high: 0, normal: 1, low: 2 } as const

/**
 * Order of the queue after a move. The selected runs move together and keep their order. A run never leaves its priority:
 * it stays behind runs of higher priority and before runs of lower priority.
 */
export function moved(entries: readonly Entry[], selected: ReadonlySet<string>, move: Move): string[] {
  const moving = entries.filter(({ runId }) => selected.has(runId))
  const rest = entries.filter(({ runId }) => !selected.has(runId))
  if (moving.length === 0) return entries.map(({ runId }) => runId)
  const index = targetIndex(rest, entries, moving, move)
  const next = rest.toSpliced(index, 0, ...moving)
  return next.sort((a, b) => ranks[a.priority] - ranks[b.priority]).map(({ runId }) => runId)
}

/** Index in `rest`, the runs that stay, at which the moving runs are inserted. */
function targetIndex(rest: readonly Entry[], entries: readonly Entry[], moving: readonly Entry[], move: Move): number {
  /** Number of staying runs before the entry. */
  const staysBefore = (entry: Entry) => {
    const before = new Set(entries.slice(0, entries.indexOf(entry)))
    return rest.filter((one) => before.has(one)).length
  }
  if (move === 'top') return 0
  if (move === 'bottom') return rest.length
  if (move === 'up') return Math.max(0, staysBefore(moving[0]!) - 1)
  if (move === 'down') return Math.min(rest.length, staysBefore(moving[moving.length - 1]!) + 1)
  const target = rest.findIndex(({ runId }) => runId === move.beside)
  return target < 0 ? staysBefore(moving[0]!) : target + Number(move.after)
}

/** Announcement for screen readers: 'Moved to position 3 of 12', 'Moved to positions 3 to 5 of 12'. */
export function movedText(before: readonly string[], after: readonly string[], selected: ReadonlySet<string>): string {
  const positions = after.flatMap((runId, index) => (selected.has(runId) ? [index + 1] : []))
  const at = positions.length === 1 ? `position ${positions[0]}` : `positions ${positions[0]} to ${positions[positions.length - 1]}`
  const stays = before.every((runId, index) => runId === after[index])
  return `${stays ? 'Already at' : 'Moved to'} ${at} of ${after.length}`
}

/** The next higher or lower priority; null at the end of the scale. */
export function steppedPriority(now: keyof typeof ranks, by: 1 | -1): keyof typeof ranks | null {
  return (['high', 'normal', 'low'] as const)[ranks[now] - by] ?? null
}
