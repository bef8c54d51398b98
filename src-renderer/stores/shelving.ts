import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { on, type RunSummary, type Shelf } from '../bridge/bridge.ts'
import { groupedBy } from './grouped.ts'
import { useNavigation } from './navigation.ts'
import { isUnfinished, useRuns } from './runs.ts'

/** A move of runs to a shelf, with what is needed to undo it. */
interface Move {
  to: Shelf
  /** Runs by their previous shelf. */
  from: ReadonlyMap<Shelf, readonly string[]>
  /** Runs that the move unticked. */
  unticked: readonly string[]
}

/** Moves of runs between shelves, with undo. */
export const useShelving = defineStore('shelving', () => {
  const runs = useRuns()
  const navigation = useNavigation()
  const moves = shallowRef<readonly Move[]>([])

  /** Whether a run is still where the move put it. A run that was resumed since then is left alone. */
  const isThere = ({ to }: Move, run: RunSummary) => run.shelf === to && !isUnfinished(run)
  /** Whether a run may still be there: a run that this window does not show may have changed. */
  const mayBeThere = (move: Move, runId: string) => {
    const run = runs.byId.get(runId)
    return run === undefined || isThere(move, run)
  }
  const canReturn = (move: Move) => [...move.from.values()].some((runIds) => runIds.some((runId) => mayBeThere(move, runId)))
  const lastMove = computed(() => moves.value.findLast(canReturn) ?? null)
  const canUndo = computed(() => lastMove.value !== null)
  on('run.removed', ({ runIds }) => { moves.value = withoutRuns(moves.value, runIds) })

  /** Move runs to a shelf. @throws CallError if the move fails; then no run has moved */
  const shelve = async (runIds: readonly string[], to: Shelf) => {
    const others = (await runs.read(runIds)).filter(({ shelf }) => shelf !== to)
    const from = new Map<Shelf, string[]>()
    for (const [shelf, some] of groupedBy(others, ({ shelf }) => shelf)) from.set(shelf, some.map(({ runId }) => runId))
    const moving = [...from.values()].flat()
    if (moving.length === 0) return
    const ticked = new Set(navigation.ticked)
    const unticked = moving.filter((runId) => ticked.has(runId))
    await runs.shelve(moving, to)
    moves.value = [...moves.value, { to, from, unticked }]
    navigation.untick(unticked)
  }

  const moveBack = async (move: Move): Promise<ReadonlySet<string>> => {
    const back = new Set<string>()
    for (const [shelf, runIds] of move.from) {
      const there = (await runs.read(runIds)).filter((run) => isThere(move, run)).map(({ runId }) => runId)
      if (there.length > 0) await runs.shelve(there, shelf)
      for (const runId of there) back.add(runId)
    }
    return back
  }

  /** Undo the last move that can still be undone. @returns how many runs moved back */
  const undo = async (): Promise<number> => {
    for (let move = lastMove.value; move !== null; move = lastMove.value) {
      const back = await moveBack(move)
      moves.value = moves.value.slice(0, moves.value.indexOf(move))
      navigation.tick(move.unticked.filter((runId) => back.has(runId)))
      if (back.size > 0) return back.size
    }
    return 0
  }

  return { canUndo, shelve, undo }
})

/** Runs that were deleted cannot move back. */
function withoutRuns(moves: readonly Move[], deleted: readonly string[]): readonly Move[] {
  const gone = new Set(deleted)
  const left = (runIds: readonly string[]) => runIds.filter((runId) => !gone.has(runId))
  return moves.map((move) => ({ ...move, from: new Map([...move.from].map(([shelf, runIds]) => [shelf, left(runIds)])) }))
}
