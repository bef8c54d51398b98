import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { type SweepPlan, useSweeps } from '../../../stores/sweeps.ts'
import { useSweepDraft } from '../../../stores/sweep-draft.ts'

/** After the last change: first what the kept runs tell, then, where they tell nothing, what a probe tells, ms. */
const ASKED = 250
const MEASURED = 1000

/** What the sweep comes to, as the main process sees it; null until it has said so of the sweep as it is now. */
export function useSweepPlan() {
  const sweeps = useSweeps()
  const draft = useSweepDraft()
  const plan = shallowRef<SweepPlan | null>(null)
  /** A probe runs just now. */
  const measuring = ref(false)
  let timers: ReturnType<typeof setTimeout>[] = []
  /** Counts the documents: an answer for an older one is dropped. */
  let current = 0

  const ask = async (document: number, measure: boolean) => {
    const answer = await sweeps.plan(draft.document, measure)
    if (document === current && answer.ok) plan.value = answer.plan
  }
  const measure = async (document: number) => {
    if (plan.value !== null && plan.value.time !== null) return
    measuring.value = true
    await ask(document, true).finally(() => { measuring.value = document !== current })
  }
  const restart = () => {
    timers.forEach(clearTimeout)
    plan.value = null
    measuring.value = false
    const document = ++current
    if (!draft.expanded.ok || draft.isStale) return
    const quietly = (act: () => Promise<void>) => () => void act().catch(() => undefined)
    timers = [
      setTimeout(quietly(() => ask(document, false)), ASKED),
      setTimeout(quietly(() => measure(document)), MEASURED),
    ]
  }

  watch(() => draft.expanded, restart, { immediate: true })
  onScopeDispose(() => {
    current++
    timers.forEach(clearTimeout)
  })
  return { plan, measuring }
}
