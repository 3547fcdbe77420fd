import type { Transport } from '../../shared/api.ts'
import { transportOver, type Bridge } from '../../shared/wire.ts'
import { BrowserTransport, type LinkState } from './browser.ts'
import { FileLine } from './file-line.ts'
import { takeToken } from './session.ts'

declare global {
  interface Window {
    /** There in the Electron window alone. */
    kalamosTransport?: Bridge
  }
}

/** A transport and a way to ask for another try where its connection can break. */
export interface Link {
  transport: Transport
  retry: () => void
  /** How files come and go where the window may be on another machine; null where it is the host's own. */
  files: FileLine | null
}

/**
 * The transport of the entry point that this page came through: the Electron preload's, or a WebSocket to where the
 * page is from.
 */
export function connect(onState: (state: LinkState) => void): Link {
  if (window.kalamosTransport !== undefined) {
    onState({ kind: 'open' })
    return { transport: transportOver(window.kalamosTransport), retry: () => undefined, files: null }
  }
  const token = takeToken(window.location, window.history)
  const transport = new BrowserTransport({
    origin: window.location.origin,
    token,
    onState,
    keeper: window.sessionStorage,
  })
  return { transport, retry: () => transport.retry(), files: new FileLine(() => transport.prove()) }
}
