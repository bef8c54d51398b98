import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron'
import { CALL_CHANNEL, DROP_CHANNEL, EVENT_CHANNEL } from '../contract/channels.ts'
import type { Answer, EventName, EventPayload } from '../contract/contract.ts'
import { type CallReports, createDispatcher, type Handlers, refuse } from './dispatcher.ts'

/** Answer the calls of our own pages. Calls from any other origin than `origin` are refused unread. */
export function serveCalls(handlers: Handlers, origin: string, reports: CallReports): void {
  const dispatch = createDispatcher(handlers, reports)
  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) =>
    (isOurs(event, origin) ? dispatch(name, input) : FOREIGN))
}

/** Receive the files that are dropped on our own pages, by their absolute paths. */
export function serveDrops(take: (file: string) => void, origin: string): void {
  ipcMain.handle(DROP_CHANNEL, (event, file: unknown): Answer => {
    if (!isOurs(event, origin)) return FOREIGN
    if (typeof file !== 'string' || file === '') return refuse('bad-input', 'What was dropped is no file of this computer.')
    take(file)
    return { ok: true, value: { file } }
  })
}

const FOREIGN = refuse('foreign-sender', 'Only the main frame of the application may make calls.')

/** Send an event to a window. Does nothing if the window is closed, because runs can outlive it while the application quits. */
export function sendEvent<Name extends EventName>(window: BrowserWindow, name: Name, payload: EventPayload<Name>): void {
  if (!window.isDestroyed()) window.webContents.send(EVENT_CHANNEL, name, payload)
}

function isOurs({ sender, senderFrame }: IpcMainInvokeEvent, origin: string): boolean {
  return senderFrame !== null && senderFrame === sender.mainFrame && senderFrame.origin === origin
}
