import { ElButton, ElMessage } from 'element-plus'
import { h } from 'vue'
import { counted } from '../../components/format.ts'
import type { Shelf } from '../../stores/runs.ts'
import { useRuns } from '../../stores/runs.ts'
import { useShelving } from '../../stores/shelving.ts'
import { showError } from '../provide-charts.ts'
import { movedText } from './shelves.ts'

/** How long a message is shown, ms: long enough to read it and click Undo. */
const SHOWN_FOR = 8000
/** Above the status bar, so that messages cover neither the toolbar nor the first runs. */
const place = { placement: 'bottom', offset: 36 } as const

/** Move runs between shelves and show a message with an Undo button. */
export function useMoving() {
  const runs = useRuns()
  const shelving = useShelving()
  let lastMessage: { close(): void } | null = null

  const undo = async () => {
    lastMessage?.close()
    try {
      const count = await shelving.undo()
      if (count > 0) ElMessage.success({ ...place, message: `Moved ${counted(count, 'run')} back` })
    } catch (error) {
      showError(error)
    }
  }

  const showMoved = (text: string) => {
    lastMessage?.close()
    const button = h(ElButton, { 'size': 'small', 'text': true, 'data-test': 'undo-move', 'title': 'Ctrl Z', 'onClick': undo }, () => 'Undo')
    const message = h('span', { 'class': 'message-with-action', 'data-test': 'moved' }, [text, button])
    lastMessage = ElMessage.success({ ...place, message, duration: SHOWN_FOR })
  }

  const move = async (runIds: readonly string[], to: Shelf) => {
    try {
      await shelving.shelve(runIds, to)
      showMoved(movedText(runIds.length, to))
    } catch (error) {
      showError(error)
    }
  }

  const deletePermanently = async (runIds: readonly string[]) => {
    lastMessage?.close()
    try {
      await runs.deleteRuns(runIds)
      ElMessage.success({ ...place, message: `Deleted ${counted(runIds.length, 'run')}` })
    } catch (error) {
      showError(error)
    }
  }

  return { move, undo, deletePermanently }
}
