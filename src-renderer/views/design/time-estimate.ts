import { onScopeDispose, shallowRef, watch } from 'vue'
import { counted, formatDuration } from '../../components/format.ts'
import { type TimeEstimate, useDesign } from '../../stores/design.ts'

/** Delay after the last change, ms. Long, because an estimate may run a few sequences. */
const DELAY = 600

/** Time estimate of the draft on this machine. Requested again after each change, but not while the draft is invalid. */
export function useTimeEstimate() {
  const design = useDesign()
  const estimate = shallowRef<TimeEstimate | null>(null)
  const isEstimating = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest = 0

  const ask = async () => {
    const own = ++newest
    const answer = await design.estimate().catch(() => null)
    if (own !== newest) return
    estimate.value = answer
    isEstimating.value = false
  }
  const cancel = () => {
    clearTimeout(timer)
    newest++
  }

  watch(() => design.spec, (spec) => {
    cancel()
    isEstimating.value = spec !== null
    if (spec === null) estimate.value = null
    else timer = setTimeout(() => void ask(), DELAY)
  }, { immediate: true })
  onScopeDispose(cancel)
  return { estimate, isEstimating }
}

/** Range and basis of an estimate: '1 min 05 s to 1 min 50 s, based on 6 runs on this machine'. */
export function estimateNote({ low, high, basis, count }: TimeEstimate): string {
  const source = basis === 'runs' ? `based on ${counted(count, 'run')} on this machine` : 'based on a short timing probe'
  return `${formatDuration(low)} to ${formatDuration(high)}, ${source}`
}
