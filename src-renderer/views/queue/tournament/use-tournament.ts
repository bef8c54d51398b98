import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { Comparison } from '../../../../src-engine/analysis/comparison.ts'
import { type Problem, problemsOf } from '../../../../src-engine/spec/problem.ts'
import { comparisonSchema } from '../../../../src-engine/spec/sweep.ts'
import type { ComparisonDraft } from '../../../stores/sweep-draft.ts'
import { useSweeps } from '../../../stores/sweeps.ts'
import { hasEnded } from '../rows.ts'

/** Between a change of the budget, or the end of a run, and the question, ms: keys and runs come in bursts. */
const TYPED = 250
const ENDED = 1000

/** Arms of a sweep set against each other, by a comparison that can be changed; asked again whenever a run of it ends. */
export function useTournament(sweepId: string) {
  const sweeps = useSweeps()
  const own = sweeps.byId.get(sweepId)?.document.comparison
  const by = shallowRef<ComparisonDraft>(own ?? comparisonSchema.parse({}))
  const result = shallowRef<Comparison | null>(null)
  const failure = ref<string | null>(null)
  const isAsking = ref(false)

  const parsed = computed(() => comparisonSchema.safeParse(by.value))
  const problems = computed((): Problem[] => (parsed.value.success
    ? []
    : problemsOf(parsed.value.error, by.value).map((problem) => ({ ...problem, path: `comparison.${problem.path}` }))))

  /** Counts the questions: an answer to an older one is dropped. */
  let current = 0
  let askAgain = false
  const ask = async () => {
    if (!parsed.value.success) return
    const question = ++current
    isAsking.value = true
    askAgain = false
    try {
      const answer = await sweeps.compare(sweepId, parsed.value.data)
      if (question !== current) return
      result.value = answer
      failure.value = null
    } catch (error) {
      if (question === current) failure.value = error instanceof Error ? error.message : String(error)
    } finally {
      if (question === current) {
        isAsking.value = false
        if (askAgain) later(ENDED)
      }
    }
  }
  let timer: ReturnType<typeof setTimeout> | undefined
  const later = (delay: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      timer = undefined
      void ask()
    }, delay)
  }

  const ends = computed(() => (sweeps.runsOf.get(sweepId) ?? []).filter(hasEnded).map(({ runId, status }) => `${runId} ${status}`).join())
  watch(ends, () => {
    if (isAsking.value) askAgain = true
    else if (timer === undefined) later(ENDED)
  })
  watch(by, () => later(TYPED))
  void ask()
  onScopeDispose(() => {
    current++
    clearTimeout(timer)
  })

  const put = (part: ComparisonDraft) => { by.value = { ...by.value, ...part } }
  /** As it can be asked for; null while something is wrong with it. */
  const comparison = computed(() => (parsed.value.success ? parsed.value.data : null))
  return { by, comparison, problems, result, failure, put }
}
