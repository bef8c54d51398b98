import { app, Menu, type MenuItemConstructorOptions, shell } from 'electron'

/** The application's menu; what is done on a screen has its keys there. */
export function setMenu(libraryFile: () => string): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate([
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Show the library file', click: () => shell.showItemInFolder(libraryFile()) },
        { type: 'separator' },
        { role: 'quit', accelerator: 'CommandOrControl+Q' },
      ],
    },
    { role: 'editMenu' },
    { label: '&View', submenu: viewItems() },
    { role: 'windowMenu' },
    { role: 'help', submenu: [{ role: 'about' }] },
  ]))
}

function viewItems(): MenuItemConstructorOptions[] {
  const developer: MenuItemConstructorOptions[] = [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }]
  return [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
    ...(app.isPackaged ? [] : developer),
  ]
}
