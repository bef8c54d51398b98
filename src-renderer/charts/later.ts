import { onUnmounted, ref, type Ref } from 'vue'
import { cancelFrame, requestFrame } from './frame-queue.ts'

/** False until a frame of its own after the component was set up: for a part of a screen that may come a moment later than the rest. */
export function useLater(): Readonly<Ref<boolean>> {
  const isLater = ref(false)
  const show = () => { isLater.value = true }
  requestFrame(show)
  onUnmounted(() => cancelFrame(show))
  return isLater
}
