import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Shelf } from '../bridge/bridge.ts'
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

  /** Runs that are still where the move put them. Runs deleted or resumed since then are left alone. */
  const stillThere = ({ to }: Move, runIds: readonly string[]) => runIds.filter((runId) => {
    const run = runs.byId.get(runId)
    return run !== undefined && run.shelf === to && !isUnfinished(run)
  })
  const returning = (move: Move) => [...move.from]
    .map(([shelf, runIds]) => ({ shelf, runIds: stillThere(move, runIds) }))
    .filter(({ runIds }) => runIds.length > 0)
  const lastMove = computed(() => moves.value.findLast((move) => returning(move).length > 0) ?? null)
  const canUndo = computed(() => lastMove.value !== null)

  /** Move runs to a shelf. @throws CallError if the move fails; then no run has moved */
  const shelve = async (runIds: readonly string[], to: Shelf) => {
    const from = new Map<Shelf, string[]>()
    for (const runId of runIds) {
      const shelf = runs.byId.get(runId)?.shelf
      if (shelf !== undefined && shelf !== to) from.set(shelf, [...from.get(shelf) ?? [], runId])
    }
    const moving = [...from.values()].flat()
    if (moving.length === 0) return
    const ticked = new Set(navigation.ticked)
    const unticked = moving.filter((runId) => ticked.has(runId))
    await runs.shelve(moving, to)
    moves.value = [...moves.value, { to, from, unticked }]
    navigation.untick(unticked)
  }

  /** Undo the last move that can still be undone. @returns how many runs moved back */
  const undo = async (): Promise<number> => {
    const move = lastMove.value
    if (move === null) return 0
    const groups = returning(move)
    for (const { shelf, runIds } of groups) await runs.shelve(runIds, shelf)
    moves.value = moves.value.slice(0, moves.value.indexOf(move))
    const back = new Set(groups.flatMap(({ runIds }) => runIds))
    navigation.tick(move.unticked.filter((runId) => back.has(runId)))
    return back.size
  }

  return { canUndo, shelve, undo }
})
