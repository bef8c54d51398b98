import type { KeyGroup } from './components/KeySheet.vue'
import type { KeyLine, Scope } from './stores/commands.ts'
import { type Screen, screens } from './stores/navigation.ts'

const inLists: readonly KeyLine[] = [
  { key: '↑ ↓', title: 'Move up and down' },
  { key: 'Home End', title: 'First row, last row' },
  { key: 'Enter', title: 'Open' },
  { key: 'Space', title: 'Tick or untick the run' },
  { key: 'Esc', title: 'Close a dialog or leave a field' },
  { key: '↑ ↓ Enter', title: 'After Esc in a form: go to another field' },
]

const titles: Readonly<Record<Screen, string>> = {
  library: 'Library', design: 'Design', queue: 'Queue', run: 'Run', compare: 'Compare', figures: 'Figures', settings: 'Settings',
}

/** Shortcuts of all screens, in order: the current screen, all screens, lists, then the other screens. */
export function keyGroups(keysOf: (scope: Scope) => readonly KeyLine[], current: Screen): KeyGroup[] {
  const others = screens.filter((screen) => screen !== current)
  return [
    { title: `${titles[current]} (current screen)`, keys: keysOf(current) },
    { title: 'Everywhere', keys: keysOf('everywhere') },
    { title: 'In lists', keys: inLists },
    ...others.map((screen) => ({ title: titles[screen], keys: keysOf(screen) })),
  ].filter(({ keys }) => keys.length > 0)
}
