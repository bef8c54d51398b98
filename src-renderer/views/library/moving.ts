import { ElButton, ElMessage } from 'element-plus'
import { h } from 'vue'
import { counted } from '../../components/format.ts'
import type { Shelf } from '../../stores/runs.ts'
import { useRuns } from '../../stores/runs.ts'
import { useShelving } from '../../stores/shelving.ts'
import { tellFailure } from '../provide-charts.ts'
import { movedText } from './shelves.ts'

/** Long enough to read it and to reach its button, ms. */
const SHOWN = 8000
/** Above the status bar, where it hides neither the tools nor the first runs. */
const place = { placement: 'bottom', offset: 36 } as const

/** Moves runs between shelves, each with a message by which it can be taken back. */
export function useMoving() {
  const runs = useRuns()
  const shelving = useShelving()
  let told: { close(): void } | null = null

  const undo = async () => {
    told?.close()
    try {
      const count = await shelving.undo()
      if (count > 0) ElMessage.success({ ...place, message: `${counted(count, 'run')} back where ${count === 1 ? 'it' : 'they'} came from` })
    } catch (error) {
      tellFailure(error)
    }
  }

  const tell = (text: string) => {
    told?.close()
    const button = h(ElButton, { 'size': 'small', 'text': true, 'data-test': 'undo-move', 'title': 'Ctrl Z', 'onClick': undo }, () => 'Undo')
    const message = h('span', { 'class': 'message-with-action', 'data-test': 'moved' }, [text, button])
    told = ElMessage.success({ ...place, message, duration: SHOWN })
  }

  const move = async (runIds: readonly string[], to: Shelf) => {
    try {
      await shelving.shelve(runIds, to)
      tell(movedText(runIds.length, to))
    } catch (error) {
      tellFailure(error)
    }
  }

  const deleteForGood = async (runIds: readonly string[]) => {
    told?.close()
    try {
      await runs.deleteRuns(runIds)
      ElMessage.success({ ...place, message: `${counted(runIds.length, 'run')} deleted` })
    } catch (error) {
      tellFailure(error)
    }
  }

  return { move, undo, deleteForGood }
}
