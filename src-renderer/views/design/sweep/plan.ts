import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import { type SweepPlan, useSweeps } from '../../../stores/sweeps.ts'
import { useSweepDraft } from '../../../stores/sweep-draft.ts'

/** Delay from the last change to the plan, whose time estimate comes from saved runs, ms. */
const PLAN_DELAY = 250
/** Delay to a timing probe, which runs only if saved runs give no estimate, ms. */
const PROBE_DELAY = 1000

/** Plan of the current sweep from the main process (time, disk space); null until the reply arrives. */
export function useSweepPlan() {
  const sweeps = useSweeps()
  const draft = useSweepDraft()
  const plan = shallowRef<SweepPlan | null>(null)
  /** Whether a timing probe is running. */
  const measuring = ref(false)
  let timers: ReturnType<typeof setTimeout>[] = []
  /** Number of the current document. Replies for older documents are dropped. */
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
      setTimeout(quietly(() => ask(document, false)), PLAN_DELAY),
      setTimeout(quietly(() => measure(document)), PROBE_DELAY),
    ]
  }

  watch(() => draft.expanded, restart, { immediate: true })
  onScopeDispose(() => {
    current++
    timers.forEach(clearTimeout)
  })
  return { plan, measuring }
}
