import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { CALL_CHANNEL, DROP_CHANNEL, EVENT_CHANNEL } from '../contract/channels.ts'
import type { Bridge } from '../contract/contract.ts'

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(CALL_CHANNEL, name, input),
  on(name, listener) {
    const receive = (_event: unknown, sent: unknown, payload: unknown) => {
      if (sent === name) listener(payload)
    }
    ipcRenderer.on(EVENT_CHANNEL, receive)
    return () => { ipcRenderer.off(EVENT_CHANNEL, receive) }
  },
  // A page cannot name a path here: only a file that came from outside has one.
  takeDropped: (file) => ipcRenderer.invoke(DROP_CHANNEL, webUtils.getPathForFile(file)),
}

contextBridge.exposeInMainWorld('chalcogen', bridge)
