/** How requests, answers and events look on their way through a door. */

import { asError, type EventName, type RequestName, type Transport } from './api.ts'
import type { ErrorShape } from './errors.ts'

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
 * The browser door.
 *
 * The address that Kalamos prints carries a token in its fragment: `http://127.0.0.1:<port>/#token=<token>`.
 * The page sends it once, `POST /session` with `{"token": "…"}`, and gets a cookie (204) or `{"error": ErrorShape}` (401, 429).
 * `GET /session` tells whether the cookie still opens the door (204) or not (401).
 * Then it opens a WebSocket at `/socket` on the same origin and speaks JSON text frames:
 */
export const PATHS = { session: '/session', socket: '/socket' } as const

/** From the page: ask, or listen. Ids are the page's own and come back with the answer. */
export type ClientMessage =
  | { id: number; request: RequestName; input: unknown }
  | { subscribe: EventName }
  | { unsubscribe: EventName }

/** From the host. The id is null where a message could not be read. */
export type ServerMessage =
  | { id: number; output: unknown }
  | { id: number | null; error: ErrorShape }
  | { event: EventName; payload: unknown }
