import { app as electron, type BrowserWindow, dialog, session } from 'electron'
import { join } from 'node:path'
import { createApp, type App } from '../app/app.ts'
import { defaultLibraryFile } from '../app/location.ts'
import kernels from '../../out/kernels/kernels.wasm?asset'
import libraryWorker from '../library/library.worker.ts?modulePath'
import engineWorker from '../runs/engine.worker.ts?modulePath'
import { askedLibrary } from './arguments.ts'
import { forwardEvents } from './forward-events.ts'
import { createHandlers } from './handlers.ts'
import { serveCalls, tell } from './ipc.ts'
import { setMenu } from './menu.ts'
import { nativeBinding } from './native-binding.ts'
import { pagesFrom } from './origin.ts'
import { registerScheme, servePages } from './protocol.ts'
import { closeBeforeQuit } from './quit.ts'
import { lockSession } from './session.ts'
import { createWindow } from './window.ts'

const BAD_INPUT = 2
const FAILED = 1

const built = (path: string) => join(import.meta.dirname, '..', path)

registerScheme()
// As root Chromium's sandbox is switched off on the command line, and asking for it again ends the process.
if (!electron.commandLine.hasSwitch('no-sandbox')) electron.enableSandbox()
if (electron.requestSingleInstanceLock()) void electron.whenReady().then(start).catch(giveUp)
else electron.quit()

async function start(): Promise<void> {
  const libraryFile = askedLibrary(process.argv.slice(1), process.cwd()) ?? defaultLibraryFile()
  const app = await openApp(libraryFile)
  if (!app) return
  closeBeforeQuit(() => app.close())
  await openWindow(app, libraryFile)
}

/** Null where the library was refused: the application then ends. */
async function openApp(libraryFile: string): Promise<App | null> {
  try {
    return await createApp({
      libraryFile,
      resourcesDir: join(electron.getAppPath(), 'resources'),
      workers: { library: libraryWorker, engine: engineWorker },
      kernels,
      engineDigest: __ENGINE_DIGEST__,
      applicationVersion: electron.getVersion(),
      nativeBinding: nativeBinding(electron.getAppPath()),
    })
  } catch (error) {
    refuseLibrary(libraryFile, error)
    return null
  }
}

async function openWindow(app: App, libraryFile: string): Promise<void> {
  const pages = pagesFrom(electron.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL)
  lockSession(session.defaultSession, pages.origin)
  servePages(built('renderer'))
  setMenu(libraryFile)
  const window = createWindow(built('preload/preload.cjs'))
  serveCalls(createHandlers(app, window, { version: electron.getVersion(), libraryFile }), pages.origin)
  forwardEvents(app.events, (name, payload) => tell(window, name, payload))
  electron.on('second-instance', () => bringToFront(window))
  electron.on('window-all-closed', () => electron.quit())
  await window.loadURL(pages.start)
}

function bringToFront(window: BrowserWindow): void {
  if (window.isDestroyed()) return
  if (window.isMinimized()) window.restore()
  window.focus()
}

function refuseLibrary(file: string, error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error)
  console.error(`${file}: ${reason}`)
  dialog.showErrorBox('The library cannot be opened', `${file}\n\n${reason}\n\nNothing in it was changed.`)
  electron.exit(BAD_INPUT)
}

function giveUp(error: unknown): void {
  console.error(error)
  dialog.showErrorBox('Chalcogen cannot start', error instanceof Error ? error.message : String(error))
  electron.exit(FAILED)
}
