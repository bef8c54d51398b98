/** A command of the window that the menu offers too. */
export interface MenuCommand {
  title: string
  /** What it is called on the screens that have it: the first that is there is run. */
  ids: readonly string[]
  /** As the window's cheat sheet writes it; none where the screens differ. */
  key?: string
}

export type MenuEntry = MenuCommand | 'separator'

const command = (title: string, ids: string | readonly string[], key?: string): MenuCommand =>
  ({ title, ids: typeof ids === 'string' ? [ids] : ids, key })

export const fileCommands: readonly MenuEntry[] = [
  command('New experiment', 'new', 'N'),
  'separator',
  command('Import runs…', 'import'),
  command('Export as CSV…', ['export-csv', 'export-compared'], 'E'),
  command('Export as JSON…', 'export-json'),
  command('Export as an archive…', 'export-archive'),
  'separator',
  command('Back up the library', 'back-up'),
  command('Check the library', 'check'),
  command('Compact the library', 'compact'),
]

export const undoCommands: readonly MenuEntry[] = [
  command('Undo', ['undo', 'undo-move'], 'Ctrl Z'),
  command('Redo', 'redo', 'Ctrl Shift Z'),
  'separator',
]

export const findCommands: readonly MenuEntry[] = [
  'separator',
  command('Filter runs', 'search', '/'),
  command('Find a command', 'palette', 'Ctrl K'),
]

export const viewCommands: readonly MenuEntry[] = [
  command('Library', 'go-library', '1'),
  command('Design', 'go-design', '2'),
  command('Queue', 'go-queue', '3'),
  command('Run', 'go-run', '4'),
  command('Compare', 'go-compare', '5'),
  command('Settings', 'go-settings', '6'),
  'separator',
  command('Inspector', 'inspector', 'I'),
  command('Next part of the window', 'next-region', 'F6'),
  command('Light or dark', 'theme'),
  'separator',
  command('Zoom in', 'zoom-in', 'Ctrl +'),
  command('Zoom out', 'zoom-out', 'Ctrl -'),
  command('Actual size', 'zoom-reset', 'Ctrl 0'),
  'separator',
]

export const runCommands: readonly MenuEntry[] = [
  command('Start', 'start', 'R'),
  'separator',
  command('Pause this run', 'pause-run'),
  command('Resume this run', 'resume-run', 'U'),
  command('Stop this run', 'stop-run', 'S'),
  command('Retry or reproduce as a new run', 'retry-run', 'T'),
  'separator',
  command('Compare the ticked runs', 'compare', 'C'),
]

export const helpCommands: readonly MenuEntry[] = [
  command('Three-minute tour', 'tour'),
  command('Keys', 'keys', '?'),
  'separator',
]

/**
 * A key as Electron writes accelerators. The window listens to its keys itself: in the menu they are only shown, which macOS cannot
 * do, where a key without Ctrl would be taken from whoever writes.
 */
export function acceleratorOf(key: string, platform: NodeJS.Platform): string | undefined {
  if (platform === 'darwin' && !key.startsWith('Ctrl ')) return undefined
  return key.replace('Ctrl', 'CommandOrControl').replace(/ \+$/, ' Plus').replaceAll(' ', '+')
}
