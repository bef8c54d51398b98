import { type BrowserWindow, Notification } from 'electron'
import type { AppEvents } from '../app/events.ts'
import { bringToFront } from './bring-to-front.ts'
import { createEndOfWork } from './end-of-work.ts'

/** Shown notifications: one that nothing holds is collected, and its click with it. */
const shown = new Set<Notification>()

/** Tells the system that all runs have come to rest, unless the person looks at the window anyway. */
export function notifyAtTheEnd(events: AppEvents, window: BrowserWindow): void {
  const work = createEndOfWork()
  events.on('run.changed', ({ summary }) => {
    const end = work.take(summary)
    if (end === null || window.isDestroyed() || window.isFocused() || !Notification.isSupported()) return
    const notification = new Notification(end)
    shown.add(notification)
    notification.on('click', () => bringToFront(window))
    notification.on('close', () => shown.delete(notification))
    notification.show()
  })
}
