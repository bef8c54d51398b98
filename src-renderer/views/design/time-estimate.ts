import { onScopeDispose, shallowRef, watch } from 'vue'
import { counted, formatDuration } from '../../components/format.ts'
import { type TimeEstimate, useDesign } from '../../stores/design.ts'

/** After the last change, ms: an estimate may cost a few sequences. */
const QUIET = 600

/** How long the draft would take here; asked anew whenever it has rested, and never while it is wrong. */
export function useTimeEstimate() {
  const design = useDesign()
  const estimate = shallowRef<TimeEstimate | null>(null)
  const isAsked = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest = 0

  const ask = async () => {
    const own = ++newest
    const answer = await design.estimate().catch(() => null)
    if (own !== newest) return
    estimate.value = answer
    isAsked.value = false
  }
  const forget = () => {
    clearTimeout(timer)
    newest++
  }

  watch(() => design.spec, (spec) => {
    forget()
    isAsked.value = spec !== null
    if (spec === null) estimate.value = null
    else timer = setTimeout(() => void ask(), QUIET)
  }, { immediate: true })
  onScopeDispose(forget)
  return { estimate, isAsked }
}

/** '1 min 05 s to 1 min 50 s, measured from 6 runs here'. */
export function estimateNote({ low, high, basis, count }: TimeEstimate): string {
  const source = basis === 'runs' ? `measured from ${counted(count, 'run')} here` : 'from a short probe'
  return `${formatDuration(low)} to ${formatDuration(high)}, ${source}`
}
