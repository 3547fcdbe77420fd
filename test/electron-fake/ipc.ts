import { EventEmitter } from 'node:events'

type Handle = (event: object, ...args: unknown[]) => Promise<unknown>

class FakeIpc extends EventEmitter {
  readonly #handles = new Map<string, Handle>()

  handle(channel: string, handle: Handle): void {
    if (this.#handles.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handles.set(channel, handle)
  }
  invoke(channel: string, event: object, ...args: unknown[]): Promise<unknown> {
    const handle = this.#handles.get(channel)
    return handle ? handle(event, ...args) : Promise.reject(new Error(`No handler registered for '${channel}'`))
  }
}

export const ipcMain = new FakeIpc()
