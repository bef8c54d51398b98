import { ElMessage } from 'element-plus'
import { onScopeDispose } from 'vue'
import { useRuns } from '../../stores/runs.ts'
import { showError } from '../provide-charts.ts'

/** A wait that is shorter needs no words, ms. */
const QUIET_MS = 300

/** Drags runs out of the window as an archive, which is written while the button is held. */
export function useDragOut(runIds: () => readonly string[], target: () => string) {
  const runs = useRuns()
  let isHeld = false
  let isBusy = false
  const release = () => { isHeld = false }
  window.addEventListener('pointerup', release, { capture: true })
  onScopeDispose(() => window.removeEventListener('pointerup', release, { capture: true }))

  const dragPrepared = async () => {
    const problem = await runs.prepareDrag(runIds())
    if (problem !== null) ElMessage.warning(problem)
    else if (isHeld) await runs.drag()
    else ElMessage.info('The archive is ready. Drag the runs again.')
  }
  const start = async () => {
    if (isBusy || runIds().length === 0) return
    isBusy = isHeld = true
    const hush = saySoon(`Writing an archive of ${target()}. Keep the button pressed.`)
    try {
      await dragPrepared()
    } catch (error) {
      showError(error)
    } finally {
      hush()
      isBusy = false
    }
  }
  return { start: () => void start() }
}

/** Show a message after a moment. @returns a function that closes it, or keeps it from being shown */
function saySoon(message: string): () => void {
  let notice: { close(): void } | null = null
  const timer = setTimeout(() => { notice = ElMessage.info({ message, duration: 0 }) }, QUIET_MS)
  return () => {
    clearTimeout(timer)
    notice?.close()
  }
}
