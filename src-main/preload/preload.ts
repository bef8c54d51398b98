import { contextBridge, ipcRenderer } from 'electron'
import { CALL_CHANNEL, EVENT_CHANNEL } from '../contract/channels.ts'
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
}

contextBridge.exposeInMainWorld('chalcogen', bridge)
