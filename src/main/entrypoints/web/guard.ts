import type { IncomingMessage } from 'node:http'
import { hostname as machineName, networkInterfaces } from 'node:os'

/** Why a request is turned away before anything looks at it. */
export interface Refusal {
  status: 401 | 403 | 421
  message: string
  hint: string
}

/**
 * The names by which a browser reaches a server that listens on `address`: those of loopback, the address itself,
 * and for the address of every interface (`0.0.0.0`, `::`) the machine's name and all its addresses.
 */
export function namesOf(address: string): ReadonlySet<string> {
  const names = ['127.0.0.1', 'localhost', '[::1]', bracketed(address)]
  if (address === '0.0.0.0' || address === '::') {
    names.push(machineName())
    for (const found of Object.values(networkInterfaces()).flat()) if (found) names.push(bracketed(found.address))
  }
  return new Set(names.map((name) => name.toLowerCase()))
}

/** An address as URLs write it. */
export function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}

/**
 * Turns away requests that reached this server under a foreign name (DNS rebinding) and those that a page of another
 * origin sent (cross-site requests and WebSockets). Browsers set both headers and pages cannot forge them.
 *
 * Ports are not compared with our own, so that an SSH tunnel may end at any port; the page's origin must be exactly
 * the name and port it asked.
 */
export function refuse(
  request: IncomingMessage,
  hostnames: ReadonlySet<string>,
  originNeeded: boolean,
): Refusal | null {
  const host = request.headers.host ?? ''
  if (!hostnames.has(hostname(host))) {
    return {
      status: 421,
      message: `This server is not called ${host || '(no Host header)'}.`,
      hint: 'Open the address that Kalamos printed when it started.',
    }
  }
  const origin = request.headers.origin
  if (origin === undefined && !originNeeded) return null
  if (origin === `http://${host}`) return null
  return {
    status: 403,
    message: origin === undefined ? 'The request says no origin.' : `Pages of ${origin} may not use this server.`,
    hint: 'Open the address that Kalamos printed when it started.',
  }
}

function hostname(host: string): string {
  return host.toLowerCase().replace(/:\d{1,5}$/, '')
}
