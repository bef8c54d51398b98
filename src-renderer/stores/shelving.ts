import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Shelf } from '../bridge/bridge.ts'
import { useNavigation } from './navigation.ts'
import { isUnfinished, useRuns } from './runs.ts'

/** One move of runs to a shelf, with what it takes to take it back. */
interface Move {
  to: Shelf
  from: ReadonlyMap<Shelf, readonly string[]>
  unticked: readonly string[]
}

/** Moves of runs between the shelves, which can be taken back one after the other. */
export const useShelving = defineStore('shelving', () => {
  const runs = useRuns()
  const navigation = useNavigation()
  const moves = shallowRef<readonly Move[]>([])

  /** Runs of the move that are still where it put them; one that was deleted or resumed since stays as it is. */
  const stillThere = ({ to }: Move, runIds: readonly string[]) => runIds.filter((runId) => {
    const run = runs.byId.get(runId)
    return run !== undefined && run.shelf === to && !isUnfinished(run)
  })
  const returning = (move: Move) => [...move.from]
    .map(([shelf, runIds]) => ({ shelf, runIds: stillThere(move, runIds) }))
    .filter(({ runIds }) => runIds.length > 0)
  const last = computed(() => moves.value.findLast((move) => returning(move).length > 0) ?? null)
  const canUndo = computed(() => last.value !== null)

  /** Throws `CallError`; then nothing has moved. */
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

  /** Takes the last move back that still can be; how many runs came back. */
  const undo = async (): Promise<number> => {
    const move = last.value
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
