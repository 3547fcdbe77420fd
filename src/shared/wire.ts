/** How requests, answers and events look on their way through an entry point. */

import type { EventName, RequestName, Transport } from './api.ts'
import { asError, type ErrorShape } from './errors.ts'

/** What comes back for one request. */
export type Answer = { output: unknown } | { error: ErrorShape }

/**
 * What the Electron preload hands to the window as `window.kalamosTransport`. Only plain values pass between the
 * two worlds, so an error arrives as an answer and `transportOver` makes it an error again.
 */
export interface Bridge {
  request(name: RequestName, input: unknown): Promise<Answer>
  subscribe(event: EventName, listener: (payload: unknown) => void): () => void
}

/** A transport over a bridge: asking rejects with a `KalamosError`. */
export function transportOver(bridge: Bridge): Transport {
  return {
    request: async (name, input) => {
      const answer = await bridge.request(name, input)
      if ('error' in answer) throw asError(answer.error)
      return answer.output
    },
    subscribe: (event, listener) => bridge.subscribe(event, listener),
  }
}

/**
 * The browser server.
 *
 * The address that Kalamos prints carries a token in its fragment: `http://127.0.0.1:<port>/#token=<token>`.
 * The page sends it once, `POST /session` with `{"token": "…"}`, and gets an `Admission` or `{"error": ErrorShape}`
 * (401). No cookie is set: browsers send cookies to every port of a machine, whoever listens there.
 *
 * Before each connection the page asks `GET /session?id=<id>&asked=<nonce>` and gets a `Challenge`. Where `run` is the
 * code of its own `key`, the host is the one that admitted it, and its proof is `<id>.<nonce>.<code of proofOfPage>`.
 * Where `lasting` is that of its `lasting` key, the host was started anew: the page sends such a proof with that key,
 * `POST /session` with `{"resume": "…"}`, and gets another `Admission`. So does one that has lost its `lasting` key, by
 * `key`. Codes are HMAC-SHA-256 in base64url.
 *
 * Files come and go through folders of the host. With `Authorization: Kalamos <proof>`, `POST /transfers` opens one and
 * gives its `id` and `folder`, `PUT /transfers/<id>/<name>` writes a file into it and gives its `path`, `DELETE`
 * removes it, and `POST /transfers/<id>` packs what the host has written there and gives a `url` that can be fetched
 * once. What is needed for longer than the host runs goes into a folder of `POST /transfers/lasting`.
 *
 * With the proof it opens a WebSocket at `/socket` on the same origin, as the second of two subprotocols, and speaks
 * JSON text frames:
 */
export const PATHS = { session: '/session', socket: '/socket', transfers: '/transfers', tickets: '/tickets' } as const

/** The subprotocol of the WebSocket; a second one, behind this and a dot, carries the proof. */
export const SUBPROTOCOL = 'kalamos'

/** Every so often, in ms, the host says that it is there. */
export const BEAT_MS = 2000

/**
 * A session of a page, and the two keys that prove it: to this host while it runs, and to one started anew in its
 * place.
 */
export interface Admission {
  id: string
  key: string
  lasting: string
}

/** What the host proves, with both keys of the session that was named, and what the page is to prove it with. */
export interface Challenge {
  nonce: string
  run: string
  lasting: string
}

export function proofOfHost(asked: string, nonce: string): string {
  return `host ${asked} ${nonce}`
}

export function proofOfPage(nonce: string): string {
  return `page ${nonce}`
}

/** From the page: ask, or listen. Ids are the page's own and come back with the answer. */
export type ClientMessage =
  { id: number; request: RequestName; input: unknown } | { subscribe: EventName } | { unsubscribe: EventName }

/** From the host. The id is null where a message could not be read; a beat says that the host is there. */
export type ServerMessage =
  | { id: number; output: unknown }
  | { id: number | null; error: ErrorShape }
  | { event: EventName; payload: unknown }
  | { beat: true }
