import type { WebSocket, WebSocketServer } from 'ws'
import { BEAT_MS } from '../../../shared/wire.ts'
import { every } from '../../process/background.ts'

const PING_MS = 15_000
const BEAT = JSON.stringify({ beat: true })

/**
 * Tells every window regularly that this host is there, so that a window knows when it is not; and finds the windows
 * whose machine slept or whose tunnel broke: who does not answer a ping by the next one is gone. Returns how to stop.
 */
export function keepInTouch(sockets: WebSocketServer): () => void {
  const alive = new WeakSet<WebSocket>()
  sockets.on('connection', (client: WebSocket) => void alive.add(client))
  const beating = every(BEAT_MS, 'entrypoint', 'a window could not be told that Kalamos is there', () => {
    // One that reads too slowly hears of it by what it has not read yet.
    for (const client of sockets.clients)
      if (client.readyState === client.OPEN && client.bufferedAmount === 0) client.send(BEAT)
  })
  const pinging = every(PING_MS, 'entrypoint', 'a window could not be pinged', () => {
    for (const client of sockets.clients) {
      if (!alive.delete(client)) {
        client.terminate()
        continue
      }
      client.once('pong', () => alive.add(client))
      client.ping()
    }
  })
  for (const timer of [beating, pinging]) timer.unref()
  return () => {
    clearInterval(beating)
    clearInterval(pinging)
  }
}
