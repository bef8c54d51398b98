import { app, BrowserWindow, nativeTheme, screen } from 'electron'
import { join } from 'node:path'
import { keepWindowState, readWindowState } from './keep-window-state.ts'
import { confine } from './navigation.ts'
import type { Pages } from './origin.ts'
import { recover } from './recovery.ts'
import { smallest, startingBounds } from './window-state.ts'

// Same backgrounds as the page, so that nothing flashes before its first paint.
const background = { light: '#f4f5f7', dark: '#121518' }

/** Create the window at its last position, hidden and without a page. @param report receives crashes of its page */
export function createWindow(preload: string, pages: Pages, report: (what: string) => void): BrowserWindow {
  const stateFile = join(app.getPath('userData'), 'window.json')
  const displays = screen.getAllDisplays().map(({ workArea }) => workArea)
  const { maximized, ...bounds } = startingBounds(readWindowState(stateFile), displays)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      navigateOnDragDrop: false,
      // The spelling checker would download its dictionaries.
      spellcheck: false,
    },
  })
  if (maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  keepWindowState(window, stateFile)
  confine(window.webContents, pages)
  recover(window, report)
  return window
}
