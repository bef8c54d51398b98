import { ElMessage } from 'element-plus'
import { counted, sentence } from '../../components/format.ts'
import { type FigureFile, type KeptFigure, type Offer, useFigures } from '../../stores/figures.ts'
import { attempt, MESSAGE_DURATION, offerUndo, shortened } from '../offer-undo.ts'
import { showError } from '../provide-charts.ts'

/** Actions on figures, with messages about what happened. What was replaced or deleted can be undone. */
export function useFigureActions() {
  const figures = useFigures()

  /** Show another figure. Unsaved changes of the one before can be brought back. */
  const replace = (show: () => void) => {
    const before = figures.isChanged ? figures.document!.name : null
    show()
    if (before !== null) offerUndo(`${shortened(before)} had unsaved changes`, 'figure-replaced', async () => figures.undo())
  }

  return {
    start: (offer: Offer) => replace(() => figures.start(offer)),
    open: (figure: KeptFigure) => {
      if (figure.document === null) showError(new Error(figure.problem ?? ''))
      else if (figure.name !== figures.savedAs) replace(() => figures.open(figure))
    },
    duplicate: (figure: KeptFigure) => replace(() => figures.duplicate(figure)),
    save: () => attempt(async () => {
      if (await figures.save()) ElMessage.success('Figure saved')
    }),
    remove: (figure: KeptFigure) => attempt(async () => {
      const restore = await figures.remove(figure)
      if (restore === null) return
      offerUndo(`Figure ${shortened(figure.name)} deleted`, 'figure-deleted', restore)
    }),
    exportAs: (file: FigureFile) => attempt(async () => {
      const written = await figures.exportFigure(file)
      if (written === null) return
      const { files, warnings } = written
      const saved = files.length === 1 ? `Saved as ${files[0]}` : `Saved ${counted(files.length, 'file')}`
      if (warnings.length === 0) ElMessage.success(saved)
      else ElMessage.warning({ message: [`${saved}.`, ...warnings.map(sentence)].join(' '), duration: MESSAGE_DURATION })
    }),
  }
}
