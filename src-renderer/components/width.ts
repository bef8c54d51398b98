import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** Current width of an element, px; 0 while it is absent. */
export function useWidth(element: Readonly<Ref<HTMLElement | null>>) {
  const width = ref(0)
  const observer = new ResizeObserver(([entry]) => { width.value = entry!.contentRect.width })
  watch(element, (now, before) => {
    if (before) observer.unobserve(before)
    if (now) observer.observe(now)
  }, { immediate: true })
  onScopeDispose(() => observer.disconnect())
  return width
}
