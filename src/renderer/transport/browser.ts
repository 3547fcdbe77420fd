import { requests, asError, type EventName, type RequestName, type Transport } from '../../shared/api.ts'
import { KalamosError } from '../../shared/errors.ts'
import { PATHS, type ClientMessage, type ServerMessage } from '../../shared/wire.ts'
import { admit } from './session.ts'

/** How the page stands with the host. `refused`: no session, and trying again would not help. */
export type LinkState = { kind: 'connecting' } | { kind: 'open' } | { kind: 'waiting'; retryInMs: number } | { kind: 'refused' }

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
}

/**
 * The contract over the browser door: one WebSocket, opened again with growing waits when it breaks.
 * Queries under way are asked again on the new connection; commands are not, since they may have been carried out.
 */
export class BrowserTransport implements Transport {
  readonly #options: BrowserTransportOptions
  readonly #pending = new Map<number, Pending>()
  readonly #listeners = new Map<EventName, Set<(payload: unknown) => void>>()
  #socket: WebSocket | null = null
  #token: string | null
  #nextId = 1
  #tries = 0
  #timer: ReturnType<typeof setTimeout> | undefined
  #closed = false

  constructor(options: BrowserTransportOptions) {
    this.#options = options
    this.#token = options.token
    void this.#connect()
  }

  request(name: RequestName, input: unknown): Promise<unknown> {
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

  /** Tries at once instead of waiting. */
  retry(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    void this.#connect()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
    this.#socket?.close()
    this.#failPending(() => true)
  }

  async #connect(): Promise<void> {
    this.#timer = undefined
    this.#options.onState({ kind: 'connecting' })
    const admission = await admit(this.#options.origin, this.#token)
    if (this.#closed) return
    if (admission === 'unreachable') return this.#retryLater()
    if (admission === 'refused') {
      this.#options.onState({ kind: 'refused' })
      return this.#failPending(() => true)
    }
    this.#token = null
    const socket = new WebSocket(this.#options.origin.replace(/^http/, 'ws') + PATHS.socket)
    this.#socket = socket
    socket.onopen = () => this.#opened()
    socket.onmessage = (message: MessageEvent<string>) => this.#received(JSON.parse(message.data) as ServerMessage)
    socket.onclose = () => this.#broken()
  }

  #opened(): void {
    this.#tries = 0
    for (const [event, listeners] of this.#listeners) if (listeners.size > 0) this.#send({ subscribe: event })
    this.#options.onState({ kind: 'open' })
    this.#flush()
  }

  #broken(): void {
    this.#socket = null
    if (this.#closed) return
    this.#failPending((pending) => pending.sent && requests[pending.name].kind === 'command')
    for (const pending of this.#pending.values()) pending.sent = false
    this.#retryLater()
  }

  #retryLater(): void {
    const first = this.#options.firstRetryMs ?? 500
    const retryInMs = Math.min(first * 2 ** this.#tries++, first * 20)
    this.#options.onState({ kind: 'waiting', retryInMs })
    this.#timer = setTimeout(() => void this.#connect(), retryInMs)
  }

  #received(message: ServerMessage): void {
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
          `The connection to Kalamos broke before “${pending.name}” was answered.`,
          'It may have been carried out: look before you do it again.',
        ),
      )
    }
  }
}
