import { ElMessage } from 'element-plus'
import { useDesign } from '../../stores/design.ts'
import { showError } from '../provide-charts.ts'

/** Import and export of the draft, with messages about success and failure. */
export function useSpecFileActions() {
  const design = useDesign()

  const attempt = async (act: () => Promise<void>) => {
    try {
      await act()
    } catch (error) {
      showError(error)
    }
  }

  return {
    importSpec: () => attempt(design.importSpec),
    importFile: (file: File) => attempt(() => design.importFile(file)),
    exportSpec: () => attempt(async () => {
      const file = await design.exportSpec()
      if (file !== null) ElMessage.success(`Saved as ${file}`)
    }),
  }
}
