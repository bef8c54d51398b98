import type { Preset } from '../../stores/design.ts'

export interface PresetGroup {
  /** 'Pattern generation', of the folder pattern-generation. */
  title: string
  presets: Preset[]
}

/** Presets by their folder, the fullest folder first. */
export function presetGroups(presets: readonly Preset[]): PresetGroup[] {
  const folders = new Set(presets.map(folderOf))
  return [...folders]
    .map((folder) => ({ title: titleOf(folder), presets: presets.filter((preset) => folderOf(preset) === folder) }))
    .sort((a, b) => b.presets.length - a.presets.length)
}

const folderOf = ({ id }: Preset) => id.slice(0, id.lastIndexOf('/'))

function titleOf(folder: string): string {
  const words = folder.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
