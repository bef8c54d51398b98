import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'

/** Current size of an element, px; 0 while it is absent. */
export function useSize(element: Readonly<Ref<HTMLElement | null>>) {
  const size = ref({ width: 0, height: 0 })
  const observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry!.contentRect
    size.value = { width, height }
  })
  watch(element, (now, before) => {
    if (before) observer.unobserve(before)
    if (now) observer.observe(now)
  }, { immediate: true })
  onScopeDispose(() => observer.disconnect())
  return size
}

/** Current width of an element, px; 0 while it is absent. */
export function useWidth(element: Readonly<Ref<HTMLElement | null>>) {
  const size = useSize(element)
  return computed(() => size.value.width)
}
