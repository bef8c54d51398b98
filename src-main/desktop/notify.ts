import { type BrowserWindow, Notification } from 'electron'
import type { AppEvents } from '../app/events.ts'
import { bringToFront } from './bring-to-front.ts'
import { createEndOfWork } from './end-of-work.ts'

/** Shown notifications: one that nothing holds is collected, and its click with it. */
const shown = new Set<Notification>()

/** For so long nothing has begun once work counts as ended, ms. */
const STILL_MS = 2000

/** Tells the system that all runs have come to rest, unless the person looks at the window anyway. */
export function notifyAtTheEnd(events: AppEvents, window: BrowserWindow): void {
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
  events.on('queue.changed', ({ entries }) => work.wait(entries.length))
  events.on('run.changed', ({ summary }) => {
    work.take(summary)
    lookLater()
  })
}
