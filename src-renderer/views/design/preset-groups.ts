import type { Preset } from '../../stores/design.ts'

export interface PresetGroup {
  /** Folder name as a title: 'Pattern generation' for `pattern-generation`. */
  title: string
  presets: Preset[]
}

/** Group presets by folder: the user's presets first, then the largest group. */
export function presetGroups(presets: readonly Preset[]): PresetGroup[] {
  const folders = new Set(presets.map(folderOf))
  return [...folders]
    .map((folder) => ({ title: titleOf(folder), presets: inOrder(presets.filter((preset) => folderOf(preset) === folder)) }))
    .sort((a, b) => rank(b) - rank(a))
}

/** Folder of the user's presets. */
const OWN = 'own'

const rank = ({ presets }: PresetGroup) => (presets[0]!.own ? Infinity : presets.length)

/** Sort the user's presets by title; keep the order of the others. */
const inOrder = (presets: Preset[]) => (presets[0]!.own ? presets.toSorted((a, b) => a.title.localeCompare(b.title, 'en')) : presets)

const folderOf = ({ id }: Preset) => id.slice(0, id.lastIndexOf('/'))

function titleOf(folder: string): string {
  if (folder === OWN) return 'Your presets'
  const words = folder.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
