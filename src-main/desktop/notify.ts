import { type BrowserWindow, Notification } from 'electron'
import type { AppEvents } from '../app/events.ts'
import { bringToFront } from './bring-to-front.ts'
import { createEndOfWork } from './end-of-work.ts'

/** Open notifications, kept here so that they are not garbage-collected before they are clicked. */
const shown = new Set<Notification>()

/** Work counts as ended if nothing has started for this long, ms. */
const STILL_MS = 2000

/** Show a system notification when all runs have ended, unless the window has the focus. */
export function notifyWhenRunsEnd(events: AppEvents, window: BrowserWindow): void {
  const work = createEndOfWork()
  let timer: NodeJS.Timeout | undefined
  const lookLater = () => {
    clearTimeout(timer)
    timer = setTimeout(look, STILL_MS)
    timer.unref()
  }
  function look(): void {
    const end = work.end()
    if (end === null || window.isDestroyed() || window.isFocused() || !Notification.isSupported()) return
    const notification = new Notification(end)
    shown.add(notification)
    notification.on('click', () => bringToFront(window))
    notification.on('close', () => shown.delete(notification))
    notification.show()
  }
  events.on('queue.changed', ({ entries }) => work.setQueueLength(entries.length))
  events.on('run.changed', ({ summary }) => {
    work.update(summary)
    lookLater()
  })
}
