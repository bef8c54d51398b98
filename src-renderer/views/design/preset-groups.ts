import type { Preset } from '../../stores/design.ts'

export interface PresetGroup {
  /** 'Pattern generation', of the folder pattern-generation. */
  title: string
  presets: Preset[]
}

/** Presets by their folder: the user's own first, then the fullest. */
export function presetGroups(presets: readonly Preset[]): PresetGroup[] {
  const folders = new Set(presets.map(folderOf))
  return [...folders]
    .map((folder) => ({ title: titleOf(folder), presets: inOrder(presets.filter((preset) => folderOf(preset) === folder)) }))
    .sort((a, b) => rank(b) - rank(a))
}

const rank = ({ presets }: PresetGroup) => (presets[0].own ? Infinity : presets.length)

/** The user's own by their titles; the others as they come. */
const inOrder = (presets: Preset[]) => (presets[0].own ? presets.toSorted((a, b) => a.title.localeCompare(b.title, 'en')) : presets)

const folderOf = ({ id }: Preset) => id.slice(0, id.lastIndexOf('/'))

function titleOf(folder: string): string {
  const words = folder.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
