import { onMounted, onUnmounted, type Ref, shallowRef } from 'vue'
import { cancelFrame, requestFrame } from './frame-queue.ts'

/**
 * How many parts of a component are shown: one more in each frame, because all of them in one would block the window.
 * @param parts number of all of them
 */
export function useStages(parts: number): Readonly<Ref<number>> {
  const shown = shallowRef(1)
  const next = () => {
    shown.value++
    if (shown.value < parts) requestFrame(next)
  }
  onMounted(() => requestFrame(next))
  onUnmounted(() => cancelFrame(next))
  return shown
}
