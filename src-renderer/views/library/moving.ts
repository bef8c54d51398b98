import { ElButton, ElMessage } from 'element-plus'
import { h } from 'vue'
import { counted } from '../../components/format.ts'
import { NAMED, namesText } from '../../components/run-list.ts'
import { useRunName } from '../../stores/run-name.ts'
import { type Shelf, useRuns } from '../../stores/runs.ts'
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
  const nameOf = useRunName()
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

  /** @param names of the first runs that moved */
  const showMoved = (names: readonly string[], count: number, to: Shelf) => {
    lastMessage?.close()
    const button = h(ElButton, { 'size': 'small', 'text': true, 'data-test': 'undo-move', 'title': 'Ctrl Z', 'onClick': undo }, () => 'Undo')
    const message = h('span', { 'class': 'message-with-action', 'data-test': 'moved', 'title': namesText(names, (name) => name, count) }, [movedText(names, to, count), button])
    lastMessage = ElMessage.success({ ...place, message, duration: SHOWN_FOR })
  }

  const move = async (moved: readonly string[], to: Shelf) => {
    try {
      const names = (await runs.read(moved.slice(0, NAMED))).map(nameOf)
      await shelving.shelve(moved, to)
      showMoved(names, moved.length, to)
    } catch (error) {
      showError(error)
    }
  }

  const deletePermanently = async (deleted: readonly string[]) => {
    lastMessage?.close()
    try {
      const isDeleted = await runs.deleteRuns(deleted)
      if (isDeleted) ElMessage.success({ ...place, message: `Deleted ${counted(deleted.length, 'run')}` })
    } catch (error) {
      showError(error)
    }
  }

  return { move, undo, deletePermanently }
}
