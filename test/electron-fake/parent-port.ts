import { EventEmitter } from 'node:events'

/**
 * Makes a child process of Node look like a utility process of Electron: `process.parentPort` instead of Node's
 * channel.
 */

const send = process.send?.bind(process)
const waiting: unknown[] = []

class ParentPort extends EventEmitter {
  postMessage(message: unknown): void {
    if (process.connected) send?.(message, undefined, undefined, () => undefined)
  }
}
const port = new ParentPort()

// What comes before anybody listens is kept.
const deliver = (data: unknown): void =>
  void (port.listenerCount('message') > 0 ? port.emit('message', { data, ports: [] }) : waiting.push(data))
process.on('message', deliver)
port.on('newListener', (event) => {
  if (event === 'message') setImmediate(() => waiting.splice(0).forEach(deliver))
})
// Electron ends its utility processes with the app.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))

Object.defineProperty(process, 'parentPort', { value: port })
Object.defineProperty(process, 'send', { value: undefined })
