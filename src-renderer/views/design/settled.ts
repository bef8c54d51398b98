import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'

/** Delay after the last change, ms: short enough to feel immediate, long enough for a slider. */
const DELAY = 80

/** Debounced copy of a value. Keeps the last value that was not null. */
export function useSettled<T extends object>(source: () => T | null): Readonly<Ref<T | null>> {
  const settled: Ref<T | null> = shallowRef(source())
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (now) => {
    clearTimeout(timer)
    if (now !== null) timer = setTimeout(() => { settled.value = now }, DELAY)
  })
  onScopeDispose(() => clearTimeout(timer))
  return settled
}
