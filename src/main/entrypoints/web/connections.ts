import type { Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { mostFiles } from '../../files/descriptors.ts'

/**
 * How many connections may be open: those that have not shown a session, and those that have. Each is a file that this
 * process has open.
 */
export interface Bounds {
  waiting: number
  inside: number
}

/**
 * A quarter each of what the process may open at most: the rest is for pens, the database, and files that come and go.
 */
function boundsFor(files: number): Bounds {
  return { waiting: Math.min(256, Math.floor(files / 4)), inside: Math.min(128, Math.floor(files / 4)) }
}

/**
 * Bounds the connections of a server. Of those that have not shown a session, the oldest goes where there are too many,
 * so that whoever comes finds the door open, however many come to stand in it. Returns how to take one out that has
 * shown its
 * session: false where too many are inside already.
 */
export function boundConnections(server: Server, bounds = boundsFor(mostFiles())): (socket: Duplex) => boolean {
  const waiting = new Set<Duplex>()
  const inside = new Set<Duplex>()
  server.on('connection', (socket) => {
    waiting.add(socket)
    socket.once('close', () => {
      waiting.delete(socket)
      inside.delete(socket)
    })
    if (waiting.size <= bounds.waiting) return
    const [oldest] = waiting
    oldest?.destroy()
  })
  return (socket) => {
    if (inside.has(socket)) return true
    if (inside.size >= bounds.inside) return false
    waiting.delete(socket)
    inside.add(socket)
    return true
  }
}
