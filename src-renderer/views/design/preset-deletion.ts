import { type Preset, useDesign } from '../../stores/design.ts'
import { attempt, offerUndo, shortened } from '../offer-undo.ts'

/** Delete presets of the user. A message offers to undo each deletion. */
export function usePresetDeletion() {
  const design = useDesign()
  let notice: { close(): void } | null = null

  return (preset: Preset) => {
    notice?.close()
    return attempt(async () => {
      if (!await design.deletePreset(preset)) return
      notice = offerUndo(`Preset ${shortened(preset.title)} deleted`, 'preset-deleted', () => design.restorePreset(preset))
    })
  }
}
