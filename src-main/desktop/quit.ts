import { app as electron, type BrowserWindow, dialog, powerMonitor, session } from 'electron'
import { threadsEnd } from '../threads/threads.ts'
import { type Activity, describeQuit } from './describe-quit.ts'
import type { PreferenceFile } from './preferences.ts'

const LONGEST_WAIT_MS = 10_000
/** How long threads may take to exit after everything is closed, ms. */
const PATIENCE_MS = 2_000
const QUIT = 0

/** Delay quitting until `close` has ended, but by ten seconds at most. @param report receives the error of `close` */
export function closeBeforeQuit(close: () => Promise<void>, report: (error: unknown) => void): void {
  let closing: Promise<void> | undefined
  electron.on('will-quit', (event) => {
    event.preventDefault()
    closing ??= ended(close().catch(report)).finally(exit)
  })
}

function ended(closed: Promise<void>): Promise<void> {
  const waited = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))
  return Promise.race([closed, waited])
}

/** Exit even if a thread does not: the process would wait for it, without a window, and no other could be opened. */
async function exit(): Promise<void> {
  if (await threadsEnd(PATIENCE_MS)) return electron.exit()
  session.defaultSession.flushStorageData()
  process.kill(process.pid, 'SIGKILL')
}

/**
 * Ask before the window closes while runs are active, and say what will become of them. A signal or the end of the session does not
 * ask, because nobody might be there to answer.
 */
export function askBeforeQuit(window: BrowserWindow, activity: () => Activity, preferences: PreferenceFile): void {
  let isDecided = false
  let isAsking = false
  const decide = () => { isDecided = true }
  quitOnSignals(decide)
  powerMonitor.on('shutdown', decide)
  window.on('query-session-end', decide)
  window.on('session-end', decide)

  const ask = async (question: { message: string; detail: string }) => {
    isAsking = true
    const { response, checkboxChecked } = await dialog.showMessageBox(window, {
      type: 'question',
      ...question,
      buttons: ['Quit', 'Cancel'],
      defaultId: QUIT,
      cancelId: 1,
      checkboxLabel: 'Do not ask again',
    })
    isAsking = false
    if (response !== QUIT) return
    if (checkboxChecked) neverAskAgain(preferences)
    decide()
    electron.quit()
  }
  window.on('close', (event) => {
    const question = isDecided || !preferences.current.askBeforeQuit ? null : describeQuit(activity())
    if (question === null) return
    event.preventDefault()
    if (!isAsking) void ask(question)
  })
}

function neverAskAgain(preferences: PreferenceFile): void {
  try {
    preferences.change({ askBeforeQuit: false })
  } catch {
    // The disk may be full, which must not keep the window open. The next start asks again.
  }
}

/** Quit on the signals that end a program. Electron would close the window first, which asks. */
function quitOnSignals(decide: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      decide()
      electron.quit()
    })
  }
}
