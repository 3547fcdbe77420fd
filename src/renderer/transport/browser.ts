import { requests, type EventName, type RequestName, type Transport } from '../../shared/api.ts'
import { asError, KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { BEAT_MS, PATHS, SUBPROTOCOL, type ClientMessage, type ServerMessage } from '../../shared/wire.ts'
import { Session, type KeyValueStorage } from './session.ts'

/**
 * How the page stands with the host. `silent`: connected, but the host has not said for a while that it is there.
 * `refused`: no session, and trying again by itself would not help.
 */
export type LinkState =
  | { kind: 'connecting' }
  | { kind: 'open' }
  | { kind: 'silent' }
  | { kind: 'waiting'; retryInMs: number }
  | { kind: 'refused' }

/** After so many missing beats nothing is known of the host any more; after so many the connection is given up. */
const SILENT_BEATS = 3
const LOST_BEATS = 15

interface Pending {
  name: RequestName
  input: unknown
  sent: boolean
  resolve: (output: unknown) => void
  reject: (error: KalamosError) => void
}

export interface BrowserTransportOptions {
  /** Such as `http://127.0.0.1:4173`. */
  origin: string
  token: string | null
  onState: (state: LinkState) => void
  /** The first wait before another try, in ms; it doubles up to twenty times as much. */
  firstRetryMs?: number
  /** Where the session lasts over a reload; nowhere without it. */
  keeper?: KeyValueStorage
  /** How often the host says that it is there, in ms. */
  beatMs?: number
}

/**
 * The contract over the browser server: one WebSocket, opened again with growing waits when it breaks.
 * Queries under way are asked again on the new connection; commands are not, since they may have been carried out, and
 * while there is no connection they are refused: what is pressed then must not happen later.
 */
export class BrowserTransport implements Transport {
  readonly #options: BrowserTransportOptions
  readonly #pending = new Map<number, Pending>()
  readonly #listeners = new Map<EventName, Set<(payload: unknown) => void>>()
  readonly #session: Session
  #socket: WebSocket | null = null
  #state: LinkState['kind'] = 'connecting'
  #wasOpen = false
  #nextId = 1
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #beats: ReturnType<typeof setInterval> | undefined
  #missing = 0
  #closed = false

  constructor(options: BrowserTransportOptions) {
    this.#options = options
    this.#session = new Session(options.origin, options.token, options.keeper ?? null)
    void this.#connect()
  }

  request(name: RequestName, input: unknown): Promise<unknown> {
    if (this.#wasOpen && this.#state !== 'open' && requests[name].kind === 'command') return Promise.reject(noAnswer())
    return new Promise((resolve, reject) => {
      const id = this.#nextId++
      this.#pending.set(id, { name, input, sent: false, resolve, reject })
      this.#flush()
    })
  }

  subscribe(event: EventName, listener: (payload: unknown) => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners)
    if (listeners.size === 0) this.#send({ subscribe: event })
    listeners.add(listener)
    return () => {
      if (listeners.delete(listener) && listeners.size === 0) this.#send({ unsubscribe: event })
    }
  }

  /** A proof of the session for one request beside the connection. Throws `unavailable` where there is none. */
  async prove(): Promise<string> {
    const entry = await this.#session.comeIn()
    if (typeof entry === 'string') throw noAnswer()
    return entry.proof
  }

  /** Tries at once instead of waiting, and also where the page was refused. */
  retry(): void {
    if (this.#timer === undefined && this.#state !== 'refused') return
    clearTimeout(this.#timer)
    void this.#connect()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    clearInterval(this.#beats)
    this.#socket?.close()
    this.#failPending(() => true)
  }

  async #connect(): Promise<void> {
    this.#timer = undefined
    this.#become({ kind: 'connecting' })
    const entry = await this.#session.comeIn()
    if (this.#closed) return
    if (entry === 'unreachable') return this.#retryLater()
    if (entry === 'refused') {
      this.#become({ kind: 'refused' })
      return this.#failPending(() => true)
    }
    const socket = new WebSocket(this.#options.origin.replace(/^http/, 'ws') + PATHS.socket, [
      SUBPROTOCOL,
      `${SUBPROTOCOL}.${entry.proof}`,
    ])
    this.#socket = socket
    socket.onopen = () => this.#opened()
    socket.onmessage = (message: MessageEvent<string>) => this.#received(JSON.parse(message.data) as ServerMessage)
    socket.onclose = () => this.#broken(socket)
  }

  #become(state: LinkState): void {
    this.#state = state.kind
    this.#options.onState(state)
  }

  #opened(): void {
    this.#tries = 0
    this.#wasOpen = true
    this.#missing = 0
    this.#beats = setInterval(() => this.#missBeat(), this.#options.beatMs ?? BEAT_MS)
    for (const [event, listeners] of this.#listeners) if (listeners.size > 0) this.#send({ subscribe: event })
    this.#become({ kind: 'open' })
    this.#flush()
  }

  #missBeat(): void {
    this.#missing++
    if (this.#missing === SILENT_BEATS) this.#become({ kind: 'silent' })
    if (this.#missing < LOST_BEATS || this.#socket === null) return
    // Closing in good order would wait for the other side.
    const socket = this.#socket
    socket.close()
    this.#broken(socket)
  }

  #broken(socket: WebSocket): void {
    if (this.#socket !== socket) return
    this.#socket = null
    clearInterval(this.#beats)
    if (this.#closed) return
    this.#failPending((pending) => pending.sent && requests[pending.name].kind === 'command')
    for (const pending of this.#pending.values()) pending.sent = false
    this.#retryLater()
  }

  #retryLater(): void {
    const first = this.#options.firstRetryMs ?? 500
    const retryInMs = Math.min(first * 2 ** this.#tries++, first * 20)
    this.#timer = setTimeout(() => void this.#connect(), retryInMs)
    this.#become({ kind: 'waiting', retryInMs })
  }

  #received(message: ServerMessage): void {
    this.#missing = 0
    if (this.#state === 'silent') this.#become({ kind: 'open' })
    if ('beat' in message) return
    if ('event' in message) {
      for (const listener of [...(this.#listeners.get(message.event) ?? [])]) listener(message.payload)
      return
    }
    if (message.id === null) return
    const pending = this.#pending.get(message.id)
    if (pending === undefined) return
    this.#pending.delete(message.id)
    if ('error' in message) pending.reject(asError(message.error))
    else pending.resolve(message.output)
  }

  #flush(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return
    for (const [id, pending] of this.#pending) {
      if (pending.sent) continue
      pending.sent = true
      this.#send({ id, request: pending.name, input: pending.input })
    }
  }

  #send(message: ClientMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }

  #failPending(which: (pending: Pending) => boolean): void {
    for (const [id, pending] of [...this.#pending]) {
      if (!which(pending)) continue
      this.#pending.delete(id)
      pending.reject(
        new KalamosError(
          'unavailable',
          say('general.connection-broke-request', { request: pending.name }),
          say('general.maybe-done'),
        ),
      )
    }
  }
}

function noAnswer(): KalamosError {
  return new KalamosError('unavailable', say('general.no-answer-not-done'), say('general.try-when-connected'))
}
