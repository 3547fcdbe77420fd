import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { KalamosError, errorShape } from '../shared/errors.ts'
import { PATHS } from '../shared/wire.ts'
import { every, guarded, inBackground } from './background.ts'
import type { Host } from './doors/host.ts'
import { readJson, sendError, sendFile, sendNothing } from './web/answers.ts'
import { serveClient } from './web/client.ts'
import { bracketed, namesOf, refuse } from './web/guard.ts'
import { Sessions } from './web/sessions.ts'

/** Larger than any list of prompts; what is larger is no request. */
const MESSAGE_MAX = 8 << 20
const PING_MS = 15_000

export interface BrowserDoorOptions {
  host: Host
  /** The built page: a folder with `index.html`. */
  page: string
  /** 0 takes any free port. */
  port?: number
  /** The address to listen on; loopback unless the user says otherwise. */
  address?: string
}

export interface BrowserDoor {
  /** The address to open, with the token in its fragment. Whoever has it has the app. */
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

/**
 * The app for browsers on this machine: the page over HTTP, the contract over a WebSocket.
 * Who comes without the token of the printed address, under a foreign name or from a foreign page is turned away.
 * Throws `conflict` where the port is taken and `not-writable` where it may not be used.
 */
export async function openBrowserDoor({ host, page, port = 0, address = '127.0.0.1' }: BrowserDoorOptions): Promise<BrowserDoor> {
  const sessions = new Sessions()
  const hostnames = namesOf(address)
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MESSAGE_MAX, perMessageDeflate: false })
  const server = createServer((request, response) => {
    inBackground('door', 'a request could not be answered', () => respond(request, response, sessions, hostnames, page), () => response.destroy())
  })
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const refusal = refuseUpgrade(request, sessions, hostnames)
    if (refusal !== null) return turnAway(socket, refusal)
    sockets.handleUpgrade(request, socket, head, (client) => {
      sockets.emit('connection', client)
      serveClient(client, host)
    })
  }
  server.on('upgrade', guarded('door', 'a window could not connect', upgrade))
  await listen(server, port, address)
  const bound = (server.address() as AddressInfo).port
  sessions.bindTo(bound)
  const stopPinging = keepAlive(sockets)

  return {
    port: bound,
    url: `http://${bracketed(address)}:${bound}/#token=${sessions.token}`,
    close: async () => {
      stopPinging()
      for (const client of sockets.clients) client.terminate()
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
    },
  }
}

async function respond(request: IncomingMessage, response: ServerResponse, sessions: Sessions, hostnames: ReadonlySet<string>, page: string): Promise<void> {
  const posting = request.method === 'POST'
  const refusal = refuse(request, hostnames, posting)
  if (refusal !== null) return sendError(response, refusal.status, 'unauthorised', refusal.message, refusal.hint)
  const path = (request.url ?? '/').split('?', 1)[0]!
  if (path === PATHS.session) return posting ? enter(request, response, sessions) : whoAmI(request, response, sessions)
  if (request.method === 'GET' || request.method === 'HEAD') return sendFile(request, response, page, path)
  sendError(response, 405, 'invalid-input', `${request.method} is not for ${path.slice(0, 200)}.`, 'This server takes GET, and POST at /session.')
}

async function enter(request: IncomingMessage, response: ServerResponse, sessions: Sessions): Promise<void> {
  const body = await readJson(request)
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : undefined
  const outcome = sessions.enter(token, request.socket.remoteAddress ?? '')
  if (outcome === 'wait') return sendError(response, 429, 'unauthorised', 'Too many wrong tokens.', 'Wait a minute, then open the address that Kalamos printed.')
  if (outcome === 'wrong') return sendError(response, 401, 'unauthorised', 'The token is not the one of this server.', ADDRESS_HINT)
  sendNothing(response, { 'Set-Cookie': outcome.cookie })
}

function whoAmI(request: IncomingMessage, response: ServerResponse, sessions: Sessions): void {
  if (sessions.holds(request.headers.cookie)) return sendNothing(response)
  sendError(response, 401, 'unauthorised', 'This browser has no session with this server.', ADDRESS_HINT)
}

const ADDRESS_HINT = 'Open the whole address that Kalamos printed when it started, with #token=… at its end.'

interface UpgradeRefusal {
  status: string
  message: string
  hint: string
}

function refuseUpgrade(request: IncomingMessage, sessions: Sessions, hostnames: ReadonlySet<string>): UpgradeRefusal | null {
  const refusal = refuse(request, hostnames, true)
  if (refusal !== null) return { ...refusal, status: refusal.status === 421 ? '421 Misdirected Request' : '403 Forbidden' }
  if (request.url?.split('?', 1)[0] !== PATHS.socket) {
    return { status: '404 Not Found', message: 'There is no WebSocket here.', hint: `It is at ${PATHS.socket}.` }
  }
  if (sessions.holds(request.headers.cookie)) return null
  return { status: '401 Unauthorized', message: 'This browser has no session with this server.', hint: ADDRESS_HINT }
}

function turnAway(socket: Duplex, { status, message, hint }: UpgradeRefusal): void {
  const body = JSON.stringify({ error: errorShape(new KalamosError('unauthorised', message, hint)) })
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`)
}

/** Finds windows whose machine slept or whose tunnel broke: who does not answer a ping by the next one is gone. */
function keepAlive(sockets: WebSocketServer): () => void {
  const alive = new WeakSet<WebSocket>()
  sockets.on('connection', (client: WebSocket) => {
    alive.add(client)
  })
  const timer = every(PING_MS, 'door', 'a window could not be pinged', () => {
    for (const client of sockets.clients) {
      if (!alive.delete(client)) {
        client.terminate()
        continue
      }
      client.once('pong', () => alive.add(client))
      client.ping()
    }
  })
  timer.unref()
  return () => clearInterval(timer)
}

function listen(server: Server, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(portProblem(error, port, address)))
    server.listen(port, address, resolve)
  })
}

function portProblem(error: NodeJS.ErrnoException, port: number, address: string): Error {
  const hint = 'Choose another port with --port <number>, or leave it out and any free one is taken.'
  if (error.code === 'EADDRINUSE') return new KalamosError('conflict', `Port ${port} on ${address} is in use.`, hint, { cause: error })
  if (error.code === 'EACCES') return new KalamosError('not-writable', `Port ${port} on ${address} may not be used by this user.`, hint, { cause: error })
  if (error.code === 'EADDRNOTAVAIL') return new KalamosError('not-found', `This machine has no address ${address}.`, 'Leave --host out to listen on this machine alone.', { cause: error })
  return error
}
