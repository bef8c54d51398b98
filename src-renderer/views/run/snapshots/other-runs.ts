import { shallowRef, watch } from 'vue'
import { useNavigation } from '../../../stores/navigation.ts'
import { type RunSummary, useRuns } from '../../../stores/runs.ts'

/** Most runs that the list of runs to subtract has. */
const MOST = 20

/** Other runs of the same task and number of epochs that have results: first the ticked ones, then the newest. */
export function useOtherRuns(own: () => RunSummary) {
  const runs = useRuns()
  const navigation = useNavigation()
  const others = shallowRef<readonly { runId: string; title: string }[]>([])
  const read = async () => {
    const { runId, task, epochs } = own()
    const newest = await runs.some(`task = "${task}" and epochs = ${epochs} and epochsDone > 0`, null, MOST + 1)
    const found = await runs.read([...new Set([...navigation.ticked.slice(0, MOST), ...newest])])
    others.value = found
      .filter((run) => run.runId !== runId && run.task === task && run.epochs === epochs && run.epochsDone > 0)
      .slice(0, MOST)
      .map(({ runId, name, seed }) => ({ runId, title: `${name || runId}, seed ${seed}` }))
  }
  const readAgain = () => void read().catch(() => undefined)
  watch([() => own().runId, () => navigation.ticked, () => runs.version], readAgain, { immediate: true })
  return others
}
