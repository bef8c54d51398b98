import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Comparison } from '../../../../src-engine/statistics/comparison.ts'
import { type Problem, problemsOf } from '../../../../src-engine/experiment/problem.ts'
import { comparisonSchema } from '../../../../src-engine/experiment/sweep.ts'
import type { ComparisonDraft } from '../../../stores/sweep-draft.ts'
import { useSweeps } from '../../../stores/sweeps.ts'
import { hasEnded } from '../rows.ts'

/** Delays before the arms are compared again, ms. Keystrokes and ends of runs come in bursts. */
const DELAY_AFTER_TYPING = 250
const DELAY_AFTER_RUN = 1000

/** Comparison of the arms of a sweep with editable settings. It is updated whenever one of the runs ends. */
export function useTournament(sweepId: string) {
  const sweeps = useSweeps()
  const own = sweeps.byId.get(sweepId)?.document.comparison
  const by = shallowRef<ComparisonDraft>(own ?? comparisonSchema.parse({}))
  const result = shallowRef<Comparison | null>(null)
  const failure = ref<string | null>(null)
  const isUpdating = ref(false)

  const parsed = computed(() => comparisonSchema.safeParse(by.value))
  const problems = computed((): Problem[] => (parsed.value.success
    ? []
    : problemsOf(parsed.value.error, by.value).map((problem) => ({ ...problem, path: `comparison.${problem.path}` }))))

  /** Number of the latest request. Answers to older requests are dropped. */
  let latest = 0
  let updateAgain = false
  const update = async () => {
    if (!parsed.value.success) return
    const request = ++latest
    isUpdating.value = true
    updateAgain = false
    try {
      const answer = await sweeps.compare(sweepId, parsed.value.data)
      if (request !== latest) return
      result.value = answer
      failure.value = null
    } catch (error) {
      if (request === latest) failure.value = error instanceof Error ? error.message : String(error)
    } finally {
      if (request === latest) {
        isUpdating.value = false
        if (updateAgain) updateLater(DELAY_AFTER_RUN)
      }
    }
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const updateLater = (delay: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      void update()
    }, delay)
  }

  sweeps.use(() => [sweepId])
  /** Null until the runs are read. */
  const endedRuns = computed(() =>
    sweeps.runsOf.get(sweepId)?.filter(hasEnded).map(({ runId, status }) => `${runId} ${status}`).join() ?? null)
  watch(endedRuns, (_, before) => {
    if (before === null) return
    if (isUpdating.value) updateAgain = true
    else if (timer === undefined) updateLater(DELAY_AFTER_RUN)
  })
  watch(by, () => updateLater(DELAY_AFTER_TYPING))
  void update()
  onScopeDispose(() => {
    latest++
    clearTimeout(timer)
  })

  const put = (part: ComparisonDraft) => { by.value = { ...by.value, ...part } }
  /** The settings in use; null while they are invalid. */
  const comparison = computed(() => (parsed.value.success ? parsed.value.data : null))
  /** Whether these are the settings that the library keeps with the sweep. */
  const isOwn = computed(() => JSON.stringify(comparison.value) === JSON.stringify(comparisonSchema.parse(own ?? {})))
  return { by, comparison, isOwn, problems, result, failure, put }
}
