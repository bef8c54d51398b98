import type { QueueState } from '../../stores/queue.ts'

type Entry = Pick<QueueState['entries'][number], 'runId' | 'priority'>

/** Where chosen runs go: a step, an end, or beside another queued run. */
export type Move = 'up' | 'down' | 'top' | 'bottom' | { beside: string; after: boolean }

const ranks = { high: 0, normal: 1, low: 2 } as const

/**
 * The queue's order once the chosen runs have moved, together and in their order. A run never leaves its priority: behind higher
 * ones, before lower ones, however far it is moved.
 */
export function moved(entries: readonly Entry[], chosen: ReadonlySet<string>, move: Move): string[] {
  const moving = entries.filter(({ runId }) => chosen.has(runId))
  const rest = entries.filter(({ runId }) => !chosen.has(runId))
  if (moving.length === 0) return entries.map(({ runId }) => runId)
  const place = placeIn(rest, entries, moving, move)
  const next = rest.toSpliced(place, 0, ...moving)
  return next.sort((a, b) => ranks[a.priority] - ranks[b.priority]).map(({ runId }) => runId)
}

function placeIn(rest: readonly Entry[], entries: readonly Entry[], moving: readonly Entry[], move: Move): number {
  /** How many of those that stay are before it. */
  const staysBefore = (entry: Entry) => {
    const before = new Set(entries.slice(0, entries.indexOf(entry)))
    return rest.filter((one) => before.has(one)).length
  }
  if (move === 'top') return 0
  if (move === 'bottom') return rest.length
  if (move === 'up') return Math.max(0, staysBefore(moving[0]) - 1)
  if (move === 'down') return Math.min(rest.length, staysBefore(moving[moving.length - 1]) + 1)
  const target = rest.findIndex(({ runId }) => runId === move.beside)
  return target < 0 ? staysBefore(moving[0]) : target + Number(move.after)
}

/** 'Moved to place 3 of 12', 'Moved to places 3 to 5 of 12'; for a reader of the screen. */
export function movedText(before: readonly string[], after: readonly string[], chosen: ReadonlySet<string>): string {
  const places = after.flatMap((runId, index) => (chosen.has(runId) ? [index + 1] : []))
  const at = places.length === 1 ? `place ${places[0]}` : `places ${places[0]} to ${places[places.length - 1]}`
  const stays = before.every((runId, index) => runId === after[index])
  return `${stays ? 'Stays at' : 'Moved to'} ${at} of ${after.length}`
}

/** One step up or down for all of these; null where there is none. */
export function steppedPriority(now: keyof typeof ranks, by: 1 | -1): keyof typeof ranks | null {
  return (['high', 'normal', 'low'] as const)[ranks[now] - by] ?? null
}
