import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import { CALL_CHANNEL, EVENT_CHANNEL } from '../contract/channels.ts'
import type { EventName, EventPayload } from '../contract/contract.ts'
import { createDispatcher, type Handlers, refuse } from './dispatcher.ts'

/** Answers the calls of our own pages. `origin` is theirs: a call from anywhere else is refused unread. */
export function serveCalls(handlers: Handlers, origin: string): void {
  const dispatch = createDispatcher(handlers)
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) =>
    isOurs(event, origin) ? dispatch(name, input) : refuse('foreign-sender', 'Only the main frame of our own page may call.'))
}

/** Tells a window of something, for as long as it is there: runs end after it when the application quits. */
export function tell<Name extends EventName>(window: BrowserWindow, name: Name, payload: EventPayload<Name>): void {
  if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, name, payload)
}

function isOurs({ sender, senderFrame }: IpcMainInvokeEvent, origin: string): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.origin === origin
}
