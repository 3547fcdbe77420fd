import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** So many connections may wait to show who they are. Each is a file that this process has open. */
const MOST_WAITING = 256

/**
 * Bounds the connections that have not shown a session: where there are too many, the oldest goes, so that whoever comes
 * finds the door open, however many come to stand in it. Returns how to take one out that has shown its session.
 */
export function boundConnections(server: Server, most = MOST_WAITING): (socket: Duplex) => void {
  const waiting = new Set<Duplex>()
  server.on('connection', (socket) => {
    waiting.add(socket)
    socket.once('close', () => waiting.delete(socket))
    if (waiting.size <= most) return
    const [oldest] = waiting
    oldest?.destroy()
  })
  return (socket) => void waiting.delete(socket)
}
