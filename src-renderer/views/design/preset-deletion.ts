import { ElButton, ElMessage } from 'element-plus'
import { h } from 'vue'
import { type Preset, useDesign } from '../../stores/design.ts'
import { showError } from '../provide-charts.ts'

/** How long the message stays: enough to read it and reach its button, ms. */
const MESSAGE_DURATION = 8000
const place = { placement: 'bottom', offset: 36 } as const

/** Delete presets of the user. A message offers to undo each deletion. */
export function usePresetDeletion() {
  const design = useDesign()
  let notice: { close(): void } | null = null

  const restore = async (preset: Preset) => {
    notice?.close()
    try {
      await design.restorePreset(preset)
    } catch (error) {
      showError(error)
    }
  }

  const remove = async (preset: Preset) => {
    notice?.close()
    try {
      await design.deletePreset(preset)
    } catch (error) {
      return showError(error)
    }
    const undo = { 'size': 'small', 'text': true, 'data-test': 'undo-delete-preset', 'onClick': () => restore(preset) } as const
    const words = h('span', { 'class': 'message-with-action', 'data-test': 'preset-deleted' }, [
      h('span', { class: 'name' }, `Preset ${shortened(preset.title)} deleted`), h(ElButton, undo, () => 'Undo'),
    ])
    notice = ElMessage.success({ ...place, message: words, duration: MESSAGE_DURATION })
  }

  return remove
}

const MAX_TITLE_LENGTH = 60
const shortened = (title: string) => (title.length <= MAX_TITLE_LENGTH ? title : `${title.slice(0, MAX_TITLE_LENGTH - 1)}…`)
