import { ElMessage } from 'element-plus'
import { computed, provide } from 'vue'
import { chartContext } from '../charts/context.ts'
import { sentence } from '../components/format.ts'
import { savePicture } from '../stores/pictures.ts'
import { useSettings } from '../stores/settings.ts'

/** Provides the charts of a view with theme, file saving, clipboard and error messages. */
export function provideCharts(): void {
  const settings = useSettings()
  provide(chartContext, {
    mode: computed(() => (settings.isDark ? 'dark' : 'light')),
    save: async (name, format, content) => {
      const file = await savePicture(name, format, content)
      if (file !== null) ElMessage.success(`Saved as ${file}`)
    },
    copy: async (image) => {
      await navigator.clipboard.write([new ClipboardItem({ [image.type]: image })])
      ElMessage.success('Image copied')
    },
    showError,
  })
}

/** Shows an error as a message. */
export const showError = (error: unknown) => {
  ElMessage.error(sentence(error instanceof Error ? error.message : String(error)))
}
