import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron'
import { CALL_CHANNEL, EVENT_CHANNEL } from '../contract/channels.ts'
import type { EventName, EventPayload } from '../contract/contract.ts'
import { createDispatcher, type Handlers, refuse } from './dispatcher.ts'

/** Answers the calls of our own pages. `origin` is theirs: a call from anywhere else is refused unread. */
export function serveCalls(handlers: Handlers, origin: string): void {
  const dispatch = createDispatcher(handlers)
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) =>
    isOurs(event, origin) ? dispatch(name, input) : refuse('foreign-sender', 'Only the main frame of our own page may call.'))
}

/** Tells one window of something. */
export function tell<Name extends EventName>(contents: WebContents, name: Name, payload: EventPayload<Name>): void {
  if (!contents.isDestroyed()) contents.send(EVENT_CHANNEL, name, payload)
}

function isOurs({ sender, senderFrame }: IpcMainInvokeEvent, origin: string): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.origin === origin
}
