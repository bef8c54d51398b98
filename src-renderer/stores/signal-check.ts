import { computed, shallowRef, watch } from 'vue'
import type { Spec } from '../../src-engine/experiment/spec.ts'
import { areKept, importedNumbers, taskKind } from '../../src-engine/experiment/task.ts'
import { call, type SignalCheck } from '../bridge/bridge.ts'

export type { SignalCheck } from '../bridge/bridge.ts'

/** Delay after the last change, ms: a file is read, and a name may still be typed. */
const DELAY = 250

/** Fields of a task that decide what is read. */
const sources = ['file', 'column', 'columns', 'time', 'layout', 'gaps', 'samples'] as const

/** The signal of the draft, read and judged before the start. @param source the draft; null while it is invalid */
export function signalCheck(source: () => Spec | null) {
  const check = shallowRef<SignalCheck | null>(null)
  const isChecking = shallowRef(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let newest = 0
  let known = ''

  const ask = async (spec: Spec, own: number) => {
    const answer = await call('signal.check', { spec }).catch(() => null)
    if (own !== newest) return
    check.value = answer
    isChecking.value = false
  }

  const restart = (task: string | null) => {
    clearTimeout(timer)
    const own = ++newest
    const spec = source()
    if (task === null || spec === null) {
      if (isChecking.value) known = ''
      isChecking.value = false
      // While the draft is invalid, the signal of the last valid one is shown.
      if (spec === null) return
      known = ''
      check.value = null
      return
    }
    const now = JSON.stringify(sources.map((name) => (spec.task as Readonly<Record<string, unknown>>)[name]))
    // Another number of patterns is judged while the last judgement is still shown.
    if (now !== known) {
      known = now
      check.value = null
      isChecking.value = true
    }
    timer = setTimeout(() => void ask(spec, own), DELAY)
  }

  /** The task if its samples are not in the draft: in a file, or in the library. */
  const task = computed(() => {
    const spec = source()
    if (spec === null) return null
    const numbers = importedNumbers(spec.task)
    const isElsewhere = numbers === undefined ? taskKind(spec.task).lacksData(spec.task) : areKept(numbers)
    return isElsewhere ? JSON.stringify(spec.task) : null
  })
  watch(task, restart, { immediate: true, flush: 'sync' })
  return {
    check, isChecking,
    /** Whether the file is not read because the user did not choose it: it was typed, or chosen before the last restart. */
    isUnchosen: computed(() => task.value !== null && !isChecking.value && check.value === null),
    /** Read the signal again, when its file was chosen. */
    recheck() {
      known = ''
      restart(task.value)
    },
  }
}
