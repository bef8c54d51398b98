import { dialog, type BrowserWindow } from 'electron'

const WINDOW_MS = 60_000
const CRASHES_ALLOWED = 3

/**
 * Reload a window whose page crashed or hangs. Runs are not affected, because they are outside the page.
 * @param report receives what happened
 */
export function recover(window: BrowserWindow, report: (what: string) => void): void {
  const crashes: number[] = []
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return
    report(`The page of the window ended: ${reason}.`)
    crashes.push(performance.now())
    const recent = crashes.filter((time) => time > performance.now() - WINDOW_MS)
    if (recent.length <= CRASHES_ALLOWED) window.webContents.reload()
    else void offerReload(window, 'The window keeps crashing', 'Quit')
  })
  window.on('unresponsive', () => {
    report('The window is not responding.')
    void offerReload(window, 'The window is not responding', 'Wait')
  })
}

const quitNote = ' If you quit, running runs save a checkpoint and are interrupted.'

async function offerReload(window: BrowserWindow, message: string, otherwise: 'Quit' | 'Wait'): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message,
    detail: `Runs are not affected. They continue in the background, and their results are saved in the library.${otherwise === 'Quit' ? quitNote : ''}`,
    buttons: ['Reload', otherwise],
    cancelId: 1,
  })
  if (window.isDestroyed()) return
  if (response === 0) reloadHard(window)
  else if (otherwise === 'Quit') window.destroy()
}

// A hanging page cannot reload until its process is ended.
function reloadHard({ webContents }: BrowserWindow): void {
  if (!webContents.isCrashed()) webContents.forcefullyCrashRenderer()
  webContents.reload()
}
