import { ElMessage } from 'element-plus'
import { computed, type ComputedRef, shallowRef, watch } from 'vue'
import type { RunSummary } from '../../../stores/runs.ts'
import { useSweeps } from '../../../stores/sweeps.ts'
import type { SweptMetric } from './swept-runs.ts'

/**
 * The value of the metric for each run of a sweep. What the summaries do not have is asked of the library, again after each epoch.
 * @returns a function of a run; null where there is no value, or until it is read
 */
export function useSweptValues(sweepId: string, metric: ComputedRef<SweptMetric>, runs: ComputedRef<readonly RunSummary[]>) {
  const sweeps = useSweeps()
  const answer = shallowRef<{ asked: string; values: ReadonlyMap<string, number | null> } | null>(null)
  const epochs = computed(() => runs.value.reduce((sum, { epochsDone }) => sum + epochsDone, 0))
  let latest = 0
  watch([() => metric.value.asked, epochs], async ([asked]) => {
    const question = ++latest
    if (asked === null) return
    try {
      const values = await sweeps.valuesOf(sweepId, asked)
      if (question === latest) answer.value = { asked, values }
    } catch (error) {
      if (question === latest) ElMessage.error((error as Error).message)
    }
  }, { immediate: true })
  return computed(() => {
    const { asked, of } = metric.value
    if (asked === null) return of
    return ({ runId }: RunSummary) => (answer.value?.asked === asked ? answer.value.values.get(runId) ?? null : null)
  })
}
