import { ElMessage } from 'element-plus'
import { counted } from '../../components/format.ts'
import { NAMED, namesText } from '../../components/run-list.ts'
import { useRunName } from '../../stores/run-name.ts'
import { type Shelf, useRuns } from '../../stores/runs.ts'
import { useShelving } from '../../stores/shelving.ts'
import { attempt, MESSAGE_PLACE, offerUndo } from '../offer-undo.ts'
import { movedText } from './shelves.ts'

/** Move runs between shelves and show a message with an Undo button. */
export function useMoving() {
  const runs = useRuns()
  const shelving = useShelving()
  const nameOf = useRunName()
  let lastMessage: { close(): void } | null = null

  const moveBack = async () => {
    const count = await shelving.undo()
    if (count > 0) ElMessage.success({ ...MESSAGE_PLACE, message: `Moved ${counted(count, 'run')} back` })
  }
  const undo = () => {
    lastMessage?.close()
    return attempt(moveBack)
  }

  /** @param names of the first runs that moved */
  const showMoved = (names: readonly string[], count: number, to: Shelf) => {
    lastMessage?.close()
    const title = namesText(names, (name) => name, count)
    lastMessage = offerUndo(movedText(names, to, count), 'moved', moveBack, { title, key: 'Ctrl Z' })
  }

  const move = (moved: readonly string[], to: Shelf) => attempt(async () => {
    const names = (await runs.read(moved.slice(0, NAMED))).map(nameOf)
    await shelving.shelve(moved, to)
    showMoved(names, moved.length, to)
  })

  const deletePermanently = (deleted: readonly string[]) => {
    lastMessage?.close()
    return attempt(async () => {
      const isDeleted = await runs.deleteRuns(deleted)
      if (isDeleted) ElMessage.success({ ...MESSAGE_PLACE, message: `Deleted ${counted(deleted.length, 'run')}` })
    })
  }

  return { move, undo, deletePermanently }
}
