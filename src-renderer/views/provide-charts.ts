import { ElMessage } from 'element-plus'
import { computed, provide } from 'vue'
import { chartContext } from '../charts/context.ts'
import { sentence } from '../components/format.ts'
import { useFigures } from '../stores/figures.ts'
import { useNavigation } from '../stores/navigation.ts'
import { pictureOf, savePicture } from '../stores/pictures.ts'
import { useSettings } from '../stores/settings.ts'

/** Provides the charts of a view with theme, file saving, clipboard and error messages. */
export function provideCharts(): void {
  const settings = useSettings()
  const figures = useFigures()
  const navigation = useNavigation()
  provide(chartContext, {
    mode: computed(() => (settings.isDark ? 'dark' : 'light')),
    save: async (name, format, page) => {
      const file = await savePicture(name, format, page)
      if (file !== null) ElMessage.success(`Saved as ${file}`)
    },
    copy: async (page) => {
      const image = await pictureOf(page)
      await navigator.clipboard.write([new ClipboardItem({ [image.type]: image })])
      ElMessage.success('Image copied')
    },
    compose: (panel, name) => {
      if (figures.document !== null) {
        figures.offered = { panel, name }
        return
      }
      figures.start({ panel, name })
      navigation.go('figures')
    },
    showError,
  })
}

/** Shows an error as a message. */
export const showError = (error: unknown) => {
  ElMessage.error(sentence(error instanceof Error ? error.message : String(error)))
}
