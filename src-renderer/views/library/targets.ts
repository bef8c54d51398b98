import { computed } from 'vue'
import { counted, formatCount } from '../../components/format.ts'
import { namesText } from '../../components/run-list.ts'
import { LISTED, type Question } from '../../components/runs-question.ts'
import { useRunName } from '../../stores/run-name.ts'
import { type Shelf, useRuns } from '../../stores/runs.ts'
import { useMoving } from './moving.ts'
import type { useSelection } from './selection.ts'
import { moveText } from './shelves.ts'

/** Say which runs Move, Export, Verify and Delete affect, and move or delete them. Runs that are out of sight are listed in a question first. */
export function useTargets(selection: ReturnType<typeof useSelection>, ask: (question: Question) => void) {
  const moving = useMoving()
  const runs = useRuns()
  const nameOf = useRunName()
  /** Its id until it is read. */
  const nameOfId = (runId: string) => {
    const run = runs.byId.get(runId)
    return run ? nameOf(run) : runId
  }
  const { targets, group, tickedHere, tickedElsewhere, tickedOutOfSight, actsOnTicked } = selection

  /** '3 ticked runs', '10 runs of the group', or the name of the selected run. */
  const target = computed(() => {
    const [first] = targets.value
    if (first === undefined) return 'No run'
    if (group.value !== null) return `${counted(targets.value.length, 'run')} of the group`
    return actsOnTicked.value ? counted(targets.value.length, 'ticked run') : nameOfId(first)
  })
  const names = computed(() => namesText(targets.value, nameOfId))
  const scope = computed(() => `Move, export, verify and delete affect ${actsOnTicked.value || group.value !== null ? `the ${target.value}` : 'the selected run only'}.`)

  /** '3 ticked · 1 out of sight' */
  const ticked = computed(() => {
    const [here, elsewhere, hidden] = [tickedHere.value.length, tickedElsewhere.value.length, tickedOutOfSight.value.length]
    return [
      `${formatCount(here + elsewhere)} ticked`,
      ...(hidden > 0 ? [`${formatCount(hidden)} out of sight`] : []),
      ...(elsewhere > 0 ? [`${formatCount(elsewhere)} not in this list`] : []),
    ].join(' · ')
  })
  const tickedNames = computed(() => namesText([...tickedHere.value, ...tickedElsewhere.value], nameOfId))

  const askAbout = async (runIds: readonly string[], question: Omit<Question, 'runs' | 'count'>) => {
    const listed = await runs.read(runIds.slice(0, LISTED)).catch(() => [])
    const named = listed.map((run) => ({ runId: run.runId, seed: run.seed, name: nameOf(run) }))
    ask({ ...question, runs: named, count: runIds.length })
  }
  const move = (to: Shelf) => {
    const moved = targets.value
    const hidden = selection.targetsOutOfSight().length
    const confirm = () => void moving.move(moved, to)
    if (hidden === 0) return confirm()
    const note = `${hiddenText(hidden, moved.length)} Ctrl Z undoes the move.`
    void askAbout(moved, { title: moveText(moved.length, to), action: 'Move', note, confirm })
  }
  /** The application asks, and names the runs. */
  const askToDelete = () => void moving.deletePermanently(targets.value)

  return { target, names, scope, ticked, tickedNames, move, askToDelete, undo: moving.undo }
}

/** 'This run is out of sight.', '2 of these runs are out of sight.' */
export function hiddenText(hidden: number, all: number): string {
  if (all === 1) return 'This run is out of sight.'
  return `${hidden === all ? 'These runs' : `${formatCount(hidden)} of these runs`} ${hidden === 1 ? 'is' : 'are'} out of sight.`
}
