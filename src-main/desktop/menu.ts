import { app, Menu, type MenuItemConstructorOptions, shell } from 'electron'
import {
  acceleratorOf, fileCommands, findCommands, helpCommands, type MenuEntry, runCommands, undoCommands, viewCommands,
} from './menu-items.ts'

export interface MenuActions {
  libraryFile: () => string
  /** Make the window run the first of these commands that the screen has. */
  command: (ids: readonly string[]) => void
}

/** Set the application menu. The window itself runs the commands of its screens. */
export function setMenu({ libraryFile, command }: MenuActions): void {
  const items = (entries: readonly MenuEntry[]) => entries.map((entry) => itemOf(entry, command))
  Menu.setApplicationMenu(Menu.buildFromTemplate([
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        ...items(fileCommands),
        { label: 'Show library file', click: () => shell.showItemInFolder(libraryFile()) },
        { type: 'separator' },
        { role: 'quit', accelerator: 'CommandOrControl+Q' },
      ],
    },
    { label: '&Edit', submenu: [...items(undoCommands), ...clipboard, ...items(findCommands)] },
    { label: '&View', submenu: [...items(viewCommands), { role: 'togglefullscreen' }, ...(app.isPackaged ? [] : developer)] },
    { label: '&Run', submenu: items(runCommands) },
    { role: 'windowMenu' },
    { role: 'help', label: '&Help', submenu: [...items(helpCommands), { role: 'about' }] },
  ]))
}

const clipboard: MenuItemConstructorOptions[] = [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }]
const developer: MenuItemConstructorOptions[] = [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]

function itemOf(entry: MenuEntry, command: MenuActions['command']): MenuItemConstructorOptions {
  if (entry === 'separator') return { type: 'separator' }
  const { title, ids, key } = entry
  return {
    id: ids.join(' '),
    label: title,
    accelerator: key && acceleratorOf(key, process.platform),
    // The window already handles the key, which would otherwise act twice.
    registerAccelerator: false,
    click: () => command(ids),
  }
}
