/** The other end of the channel of a process that the app started: its parent, whether Node or Electron started it. */
export interface Parent {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called when the parent has gone: nobody waits for what this process does. */
  onGone(listener: () => void): void
}

/** Electron's port to the process that started a utility process. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/** The parent of this process. Throws where it was not started to be talked to. */
export function findParent(): Parent {
  const port = (process as { parentPort?: ParentPort }).parentPort
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data)),
      // Electron ends its utility processes itself.
      onGone: () => undefined,
    }
  }
  if (!process.send) throw new Error('this is a process beside Kalamos; the app starts it')
  return {
    send: (message) => void (process.connected && process.send?.(message, undefined, undefined, () => undefined)),
    onMessage: (listener) => void process.on('message', listener),
    onGone: (listener) => void process.on('disconnect', listener),
  }
}
