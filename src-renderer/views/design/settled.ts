import { onScopeDispose, type Ref, shallowRef, watch } from 'vue'

/** Between changes and what is computed of them, ms: short enough to be felt as at once, long enough for a slider. */
const QUIET = 80

/** The last value there was, once it has rested; null only before the first. */
export function useSettled<T extends object>(source: () => T | null): Readonly<Ref<T | null>> {
  const settled: Ref<T | null> = shallowRef(source())
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(source, (now) => {
    clearTimeout(timer)
    if (now !== null) timer = setTimeout(() => { settled.value = now }, QUIET)
  })
  onScopeDispose(() => clearTimeout(timer))
  return settled
}
