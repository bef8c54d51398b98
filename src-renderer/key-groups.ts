import type { KeyGroup } from './components/KeySheet.vue'
import type { KeyLine, Scope } from './stores/commands.ts'
import { type Screen, screens } from './stores/navigation.ts'

const inLists: readonly KeyLine[] = [
  { key: '↑ ↓', title: 'Move in a list' },
  { key: 'Home End', title: 'To its first, to its last' },
  { key: 'Enter', title: 'Open' },
  { key: 'Space', title: 'Tick' },
  { key: 'Esc', title: 'Close what is open, leave a field' },
]

const titles: Readonly<Record<Screen, string>> = {
  library: 'Library', design: 'Design', queue: 'Queue', run: 'Run', compare: 'Compare', settings: 'Settings',
}

/** The keys of every screen: those of the one that is open first, then what holds everywhere, then the others. */
export function keyGroups(keysOf: (scope: Scope) => readonly KeyLine[], current: Screen): KeyGroup[] {
  const others = screens.filter((screen) => screen !== current)
  return [
    { title: `${titles[current]}, shown now`, keys: keysOf(current) },
    { title: 'Everywhere', keys: keysOf('everywhere') },
    { title: 'In lists', keys: inLists },
    ...others.map((screen) => ({ title: titles[screen], keys: keysOf(screen) })),
  ].filter(({ keys }) => keys.length > 0)
}
