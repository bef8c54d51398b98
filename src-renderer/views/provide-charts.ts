import { ElMessage } from 'element-plus'
import { computed, provide } from 'vue'
import { chartContext } from '../charts/context.ts'
import { sentence } from '../components/format.ts'
import { savePicture } from '../stores/pictures.ts'
import { useSettings } from '../stores/settings.ts'

/** Gives the charts of a view their theme, the way to a file and to the clipboard. */
export function provideCharts(): void {
  const settings = useSettings()
  provide(chartContext, {
    mode: computed(() => (settings.isDark ? 'dark' : 'light')),
    save: async (name, format, content) => {
      const file = await savePicture(name, format, content)
      if (file !== null) ElMessage.success(`Saved as ${file}`)
    },
    copy: async (picture) => {
      await navigator.clipboard.write([new ClipboardItem({ [picture.type]: picture })])
      ElMessage.success('Copied')
    },
    failed: tellFailure,
  })
}

export const tellFailure = (error: unknown) => {
  ElMessage.error(sentence(error instanceof Error ? error.message : String(error)))
}
