import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import * as v from 'valibot'
import { WebSocketServer } from 'ws'
import { KalamosError, errorShape, type ErrorCode } from '../../shared/errors.ts'
import { PATHS, SUBPROTOCOL } from '../../shared/wire.ts'
import { guarded, inBackground } from '../process/background.ts'
import type { Host } from './common/host.ts'
import { log } from '../log/index.ts'
import { readJson, sendError, sendFile, sendJson } from './web/answers.ts'
import { serveClient } from './web/client.ts'
import { boundConnections } from './web/connections.ts'
import { bracketed, namesOf, refuse } from './web/guard.ts'
import { keepInTouch } from './web/heartbeat.ts'
import type { Memory } from './web/memory.ts'
import { Sessions } from './web/sessions.ts'
import { answerTransfer, sendParcel } from './web/transfer-routes.ts'
import { Transfers } from './web/transfers.ts'

/** Larger than any list of prompts; what is larger is no request. */
const MESSAGE_MAX = 8 << 20
/** Browsers send along every cookie of every other server on this machine: that must keep nobody out. */
const HEADERS_MAX = 1 << 20

export interface BrowserServerOptions {
  host: Host
  /** The built page: a folder with `index.html`. */
  page: string
  /** 0 takes any free port. */
  port?: number
  /** The address to listen on; loopback unless the user says otherwise. */
  address?: string
  /** What is known from the last time; without it, pages find a host that was started anew by its new address alone. */
  memory?: Memory
  /** A folder for what browsers send and fetch; it is the server's alone. Without it they can do neither. */
  transfers?: string
  /** A folder for what they send to stay. */
  lasting?: string
  /** An upload of which nothing comes for so long, in ms, is broken off. */
  uploadIdleMs?: number
}

export interface BrowserServer {
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
export async function openBrowserServer({
  host,
  page,
  port = 0,
  address = '127.0.0.1',
  memory,
  transfers: folder,
  lasting = join(folder ?? '', 'lasting'),
  uploadIdleMs,
}: BrowserServerOptions): Promise<BrowserServer> {
  const sessions = new Sessions(memory?.secret)
  const hostnames = namesOf(address)
  const transfers =
    folder === undefined
      ? null
      : new Transfers(folder, lasting, uploadIdleMs === undefined ? {} : { idleMs: uploadIdleMs })
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_MAX,
    perMessageDeflate: false,
    // One message of a window in each turn of the event loop: recording and other windows have their turn whatever it
    // asks. What it sends meanwhile stays with it, since nothing more is read of it.
    allowSynchronousEvents: false,
    handleProtocols,
  })
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '' } = request
    const isReading = method === 'GET' || method === 'HEAD'
    const refusal = refuse(request, hostnames, !isReading)
    if (refusal !== null) return sendError(response, refusal.status, 'unauthorised', refusal.message, refusal.hint)
    const path = (request.url ?? '/').split('?', 1)[0]!
    if (path === PATHS.session && (isReading || method === 'POST'))
      return isReading ? challenge(request, response, sessions) : enter(request, response, sessions)
    if (transfers !== null && method === 'GET' && path.startsWith(`${PATHS.tickets}/`))
      return sendParcel(response, path, transfers)
    if (transfers !== null && !isReading && path.startsWith(PATHS.transfers)) {
      if (!sessions.holds(/^Kalamos (.+)$/.exec(request.headers.authorization ?? '')?.[1]))
        return sendError(response, 401, 'unauthorised', NO_SESSION, ADDRESS_HINT)
      if (!letIn(request.socket)) return sendError(response, 503, 'unavailable', FULL, FULL_HINT)
      return answerTransfer(request, response, path, transfers)
    }
    if (isReading) return sendFile(request, response, page, path)
    sendError(
      response,
      405,
      'invalid-input',
      `${method} is not for ${path.slice(0, 200)}.`,
      'This server takes GET, and POST at /session.',
    )
  }
  const server = createServer({ maxHeaderSize: HEADERS_MAX }, (request, response) => {
    inBackground(
      'entrypoint',
      'a request could not be answered',
      () => respond(request, response),
      () => response.destroy(),
    )
  })
  // An upload may take as long as it takes, while something of it comes.
  server.requestTimeout = 0
  const letIn = boundConnections(server)
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const refusal = refuseUpgrade(request, sessions, hostnames)
    if (refusal !== null) return turnAway(socket, 'unauthorised', refusal)
    if (!letIn(socket))
      return turnAway(socket, 'unavailable', { status: '503 Service Unavailable', message: FULL, hint: FULL_HINT })
    sockets.handleUpgrade(request, socket, head, (client) => {
      sockets.emit('connection', client)
      serveClient(client, host)
    })
  }
  server.on('upgrade', guarded('entrypoint', 'a window could not connect', upgrade))
  // Such as that no more files may be opened: who comes later is let in again.
  server.on('error', (error) => log('entrypoint').warn('a connection could not be taken', error))
  await listenAtOne(server, port === 0 ? [memory?.port ?? 0, 0] : [port], address)
  const bound = (server.address() as AddressInfo).port
  sessions.bindTo(bound)
  memory?.keepPort(bound)
  const stopBeating = keepInTouch(sockets)

  return {
    port: bound,
    url: `http://${bracketed(address)}:${bound}/#token=${sessions.token}`,
    close: async () => {
      stopBeating()
      for (const client of sockets.clients) client.terminate()
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeAllConnections()
      })
      transfers?.close()
    },
  }
}

const Entry = v.union([v.object({ token: v.string() }), v.object({ resume: v.string() })])

async function enter(request: IncomingMessage, response: ServerResponse, sessions: Sessions): Promise<void> {
  const entry = v.safeParse(Entry, await readJson(request))
  const admission = !entry.success
    ? null
    : 'token' in entry.output
      ? sessions.enter(entry.output.token)
      : sessions.resume(entry.output.resume)
  if (admission === null)
    return sendError(response, 401, 'unauthorised', 'The token is not the one of this server.', ADDRESS_HINT)
  sendJson(response, admission)
}

function challenge(request: IncomingMessage, response: ServerResponse, sessions: Sessions): void {
  const query = new URLSearchParams((request.url ?? '').split('?', 2)[1])
  const made = sessions.challenge(query.get('id') ?? '', query.get('asked') ?? '')
  if (made === null) return sendError(response, 401, 'unauthorised', NO_SESSION, ADDRESS_HINT)
  sendJson(response, made)
}

const NO_SESSION = 'This page has no session with this server.'
const FULL = 'So many windows are connected that no more can be let in.'
const FULL_HINT = 'Close windows of Kalamos that nobody needs, and try again.'
const ADDRESS_HINT = 'Open the whole address that Kalamos printed when it started, with #token=… at its end.'

interface UpgradeRefusal {
  status: string
  message: string
  hint: string
}

function refuseUpgrade(
  request: IncomingMessage,
  sessions: Sessions,
  hostnames: ReadonlySet<string>,
): UpgradeRefusal | null {
  const refusal = refuse(request, hostnames, true)
  if (refusal !== null)
    return { ...refusal, status: refusal.status === 421 ? '421 Misdirected Request' : '403 Forbidden' }
  if (request.url?.split('?', 1)[0] !== PATHS.socket) {
    return { status: '404 Not Found', message: 'There is no WebSocket here.', hint: `It is at ${PATHS.socket}.` }
  }
  const offered = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim())
  const proof = offered.find((each) => each.startsWith(`${SUBPROTOCOL}.`))?.slice(SUBPROTOCOL.length + 1)
  if (offered.includes(SUBPROTOCOL) && sessions.holds(proof)) return null
  return { status: '401 Unauthorized', message: NO_SESSION, hint: ADDRESS_HINT }
}

function handleProtocols(): string {
  return SUBPROTOCOL
}

/** The other side may keep its half of the connection open for ever; this one is closed with the answer. */
function turnAway(socket: Duplex, code: ErrorCode, { status, message, hint }: UpgradeRefusal): void {
  const body = JSON.stringify({ error: errorShape(new KalamosError(code, message, hint)) })
  const head =
    `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ` +
    `${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n`
  socket.on('error', () => socket.destroy())
  socket.end(head + body, () => socket.destroy())
}

/** Listens at the first of the ports that can be had. Throws what is wrong with the last. */
async function listenAtOne(server: Server, ports: readonly number[], address: string): Promise<void> {
  for (const [index, port] of ports.entries()) {
    try {
      return await listen(server, port, address)
    } catch (error) {
      if (index === ports.length - 1) throw error
    }
  }
}

function listen(server: Server, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(portProblem(error, port, address))
    server.once('error', fail)
    server.listen(port, address, () => {
      server.off('error', fail)
      resolve()
    })
  })
}

function portProblem(error: NodeJS.ErrnoException, port: number, address: string): Error {
  const hint = 'Choose another port with --port <number>, or leave it out and any free one is taken.'
  if (error.code === 'EADDRINUSE')
    return new KalamosError('conflict', `Port ${port} on ${address} is in use.`, hint, { cause: error })
  if (error.code === 'EACCES')
    return new KalamosError('not-writable', `Port ${port} on ${address} may not be used by this user.`, hint, {
      cause: error,
    })
  if (error.code === 'EADDRNOTAVAIL')
    return new KalamosError(
      'not-found',
      `This machine has no address ${address}.`,
      'Leave --host out to listen on this machine alone.',
      { cause: error },
    )
  return error
}
