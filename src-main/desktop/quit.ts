import { app as electron, session } from 'electron'
import { threadsEnd } from '../threads/threads.ts'

const LONGEST_WAIT_MS = 10_000
/** How long threads may take to exit after everything is closed, ms. */
const PATIENCE_MS = 2_000

/** Delay quitting until `close` has ended, but by ten seconds at most. */
export function closeBeforeQuit(close: () => Promise<void>): void {
  let closing: Promise<void> | undefined
  electron.on('will-quit', (event) => {
    event.preventDefault()
    closing ??= ended(close()).finally(exit)
  })
}

function ended(closed: Promise<void>): Promise<void> {
  const waited = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))
  return Promise.race([closed.catch((error: unknown) => console.error(error)), waited])
}

/** Exit even if a thread does not: the process would wait for it, without a window, and no other could be opened. */
async function exit(): Promise<void> {
  if (await threadsEnd(PATIENCE_MS)) return electron.exit()
  session.defaultSession.flushStorageData()
  process.kill(process.pid, 'SIGKILL')
}
