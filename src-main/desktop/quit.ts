import { app as electron } from 'electron'

const LONGEST_WAIT_MS = 10_000

/** Delay quitting until `close` has ended, but by ten seconds at most. */
export function closeBeforeQuit(close: () => Promise<void>): void {
  let closing: Promise<void> | undefined
  electron.on('will-quit', (event) => {
    event.preventDefault()
    closing ??= ended(close()).finally(() => electron.exit())
  })
}

function ended(closed: Promise<void>): Promise<void> {
  const waited = new Promise<void>((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))
  return Promise.race([closed.catch((error: unknown) => console.error(error)), waited])
}
