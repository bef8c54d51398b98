import { app as electron, type BrowserWindow, clipboard, dialog, session } from 'electron'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createApp, type App, type AppOptions } from '../app/app.ts'
import { importExample, isFirstStart } from '../app/example.ts'
import { defaultLibraryFile, readyLibrary } from '../app/location.ts'
import { errorLine } from '../app/log/log-app.ts'
import { openLog } from '../app/log/log.ts'
import { logSlowCalls } from '../app/log/slow-calls.ts'
import kernels from '../../out/kernels/kernels.wasm?asset'
import comparisonWorker from '../app/comparison.worker.ts?modulePath'
import documentWorker from '../app/document.worker.ts?modulePath'
import exportWorker from '../app/export.worker.ts?modulePath'
import importWorker from '../app/import.worker.ts?modulePath'
import signalWorker from '../app/signal.worker.ts?modulePath'
import fileWorker from '../library/file.worker.ts?modulePath'
import libraryWorker from '../library/library.worker.ts?modulePath'
import engineWorker from '../runs/engine.worker.ts?modulePath'
import { libraryArgument } from './arguments.ts'
import { bringToFront } from './bring-to-front.ts'
import { buildKind } from './build-kind.ts'
import { chosenFiles } from './chosen-files.ts'
import { forwardEvents } from './forward-events.ts'
import { createHandlers, type Desk } from './handlers.ts'
import { sendEvent, serveCalls, serveDrops } from './ipc.ts'
import { setMenu } from './menu.ts'
import { nativeBinding } from './native-binding.ts'
import { keepNotices } from './notices.ts'
import { notifyWhenRunsEnd } from './notify.ts'
import { pagesFrom } from './origin.ts'
import { openPreferences } from './preferences.ts'
import { registerScheme, servePages } from './protocol.ts'
import { askBeforeQuit, closeBeforeQuit } from './quit.ts'
import { rescue } from './rescue.ts'
import { lockSession } from './session.ts'
import { createWindow } from './window.ts'

const BAD_INPUT = 2
const FAILED = 1

const program = `Chalcogen ${electron.getVersion()}`
const built = (path: string) => join(import.meta.dirname, '..', path)
const resourcesDir = () => join(electron.getAppPath(), 'resources')

const log = openLog('window')

registerScheme()
// Root runs Chromium with --no-sandbox. Enabling the sandbox again would end the process.
if (!electron.commandLine.hasSwitch('no-sandbox')) electron.enableSandbox()
if (electron.requestSingleInstanceLock()) void electron.whenReady().then(start).catch(giveUp)
else electron.quit()

async function start(): Promise<void> {
  const build = buildKind(electron.getAppPath(), electron.isPackaged)
  log.write('info', `Start: ${program}, Electron ${process.versions.electron}, Node ${process.versions.node}, ${process.platform} ${process.arch}.`)
  if (build === 'development') console.log('This is a development build of Chalcogen, not a release.')
  const argument = libraryArgument(process.argv.slice(1), process.cwd())
  const libraryFile = readyLibrary(argument ?? defaultLibraryFile())
  const firstStart = isFirstStart({ argument, environment: process.env.CHALCOGEN_LIBRARY, exists: existsSync(libraryFile) })
  const app = await openApp(libraryFile)
  if (!app) {
    await log.flushed()
    return electron.exit(BAD_INPUT)
  }
  closeBeforeQuit(() => close(app), logError)
  const notice = firstStart ? await importExample(app, resourcesDir()) : null
  const window = await openWindow(app, {
    about: { version: electron.getVersion(), build, firstStart },
    preferences: openPreferences(join(electron.getPath('userData'), 'preferences.json')),
    notices: keepNotices(app.events),
    copy: (text) => void clipboard.writeText(text),
    fileIcon: (file) => electron.getFileIcon(file),
  })
  if (notice !== null) {
    log.write('warning', `Notice: ${notice}`)
    sendEvent(window, 'library.notice', { level: 'warning', message: notice })
  }
}

/** Open the library; null if it cannot be opened and the user quits. */
async function openApp(libraryFile: string): Promise<App | null> {
  const options: AppOptions = {
    libraryFile,
    resourcesDir: resourcesDir(),
    workers: {
      library: libraryWorker, engine: engineWorker, file: fileWorker, comparison: comparisonWorker, export: exportWorker,
      import: importWorker, signal: signalWorker, document: documentWorker,
    },
    kernels,
    engineDigest: __ENGINE_DIGEST__,
    applicationVersion: electron.getVersion(),
    nativeBinding: nativeBinding(electron.getAppPath()),
    resident: true,
    log,
  }
  for (;;) {
    try {
      return await createApp(options)
    } catch (error) {
      if (!await rescue({ file: libraryFile, ...options }, error)) return null
    }
  }
}

async function openWindow(app: App, desk: Omit<Desk, 'files' | 'onReading'>): Promise<BrowserWindow> {
  const pages = pagesFrom(electron.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL)
  lockSession(session.defaultSession, pages.origin)
  servePages(built('renderer'))
  const window = createWindow(built('preload/preload.cjs'), pages, (what) => log.write('error', what))
  setMenu({ libraryFile: () => app.libraryFile, command: (ids) => sendEvent(window, 'app.command', { ids: [...ids] }) })
  const timed = logSlowCalls(log)
  const files = chosenFiles(window)
  serveDrops(files.add, pages.origin)
  const onReading = (share: number) => sendEvent(window, 'signal.progress', { share })
  serveCalls(createHandlers(app, window, { ...desk, files, onReading }), pages.origin, {
    onAnswer: (name, ms) => timed(`Call ${name}`, ms),
    onError: (name, error) => logError(error, `Call ${name} failed`),
  })
  forwardEvents(app.events, (name, payload) => sendEvent(window, name, payload))
  notifyWhenRunsEnd(app.events, window)
  askBeforeQuit(window, app.activity, desk.preferences)
  electron.on('second-instance', () => bringToFront(window))
  electron.on('window-all-closed', () => electron.quit())
  await window.loadURL(pages.start).catch((error: unknown) => {
    // Closing the window while its page loads is not an error.
    if (!window.isDestroyed()) throw error
  })
  return window
}

async function close(app: App): Promise<void> {
  await app.close()
  log.write('info', `End: ${program}.`)
  await log.flushed()
}

function logError(error: unknown, what = 'Error'): void {
  console.error(error)
  log.write('error', `${what}: ${errorLine(error)}`)
}

async function giveUp(error: unknown): Promise<void> {
  logError(error, 'Could not start')
  dialog.showErrorBox('Chalcogen could not start', error instanceof Error ? error.message : String(error))
  await log.flushed()
  electron.exit(FAILED)
}
