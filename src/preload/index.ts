import { contextBridge, ipcRenderer } from 'electron'
import type { EventName } from '../shared/api.ts'
import { CHANNELS } from '../shared/channels.ts'
import type { Bridge } from '../shared/wire.ts'

/** The transport of the Electron window, and nothing else: the window gets no other way to its host. */

const listeners = new Map<EventName, Set<(payload: unknown) => void>>()

ipcRenderer.on(CHANNELS.event, (_event, name: EventName, payload: unknown) => {
  for (const listener of [...(listeners.get(name) ?? [])]) listener(payload)
})

const bridge: Bridge = {
  request: (name, input) => ipcRenderer.invoke(CHANNELS.request, name, input),
  subscribe(name, listener) {
    const heard = listeners.get(name) ?? new Set()
    listeners.set(name, heard)
    if (heard.size === 0) ipcRenderer.send(CHANNELS.subscribe, name)
    heard.add(listener)
    return () => {
      if (heard.delete(listener) && heard.size === 0) ipcRenderer.send(CHANNELS.unsubscribe, name)
    }
  },
}

contextBridge.exposeInMainWorld('kalamosTransport', bridge)
