import { exportFormats } from '../contract/export-formats.ts'

/** A command of the window that is also in the menu. */
export interface MenuCommand {
  title: string
  /** Ids of the command on different screens. The first that the open screen has is run. */
  ids: readonly string[]
  /** Shortcut as the window's shortcut list writes it; none if the screens differ. */
  key?: string
}

export type MenuEntry = MenuCommand | 'separator'

const command = (title: string, ids: string | readonly string[], key?: string): MenuCommand =>
  ({ title, ids: typeof ids === 'string' ? [ids] : ids, key })

export const fileCommands: readonly MenuEntry[] = [
  command('New experiment', 'new', 'N'),
  'separator',
  command('Import runs…', 'import'),
  ...exportFormats.map(({ format, phrase }) => (format === 'csv'
    ? command(`Export as ${phrase}…`, ['export-csv', 'export-compared'], 'E')
    : command(`Export as ${phrase}…`, `export-${format}`))),
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
  command('Figures', 'go-figures', '6'),
  command('Settings', 'go-settings', '7'),
  command('Kept views…', 'views', 'Ctrl D'),
  'separator',
  command('Show or hide the inspector', 'inspector', 'I'),
  command('Move focus to the next pane', 'next-region', 'F6'),
  command('Switch theme', 'theme'),
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
  command('Retry or reproduce this run', 'retry-run', 'T'),
  command('Compute again and compare the digest', 'verify', 'H'),
  'separator',
  command('Compare the selected runs', 'compare', 'C'),
]

export const helpCommands: readonly MenuEntry[] = [
  command('Three-minute tour', 'tour'),
  command('Keyboard shortcuts', 'keys', '?'),
  'separator',
  command('Copy diagnostics', 'copy-diagnostics'),
]

/**
 * Convert a key to an Electron accelerator. The menu only displays it, because the window handles its keys itself.
 * macOS cannot display a key without registering it, which would steal plain letters from text fields; there it is undefined.
 */
export function acceleratorOf(key: string, platform: NodeJS.Platform): string | undefined {
  if (platform === 'darwin' && !key.startsWith('Ctrl ')) return undefined
  return key.replace('Ctrl', 'CommandOrControl').replace(/ \+$/, ' Plus').replaceAll(' ', '+')
}
