import { PATHS, proofOfHost, proofOfPage, type Admission, type Challenge } from '../../shared/wire.ts'
import { hmac, nonce } from './hmac.ts'

/** What the page found at the browser server: a proof for the next connection, or why there is none. */
export type Entry = { proof: string } | 'refused' | 'unreachable'

/** The parts of the address bar that the token is taken from. */
export interface AddressBar {
  hash: string
  pathname: string
  search: string
}

/** Where a session lasts over a reload: the storage of one window and of this very origin, port included. */
export type KeyValueStorage = Pick<Storage, 'getItem' | 'setItem'>

const KEPT_AS = 'kalamos-session'
/** A host that does not answer in such a time does nothing else either. */
const PATIENCE_MS = 10_000

/**
 * Takes the token out of the URL fragment (`#token=…`) and out of the address bar, so that it is not kept or copied.
 */
export function takeToken(address: AddressBar, history: Pick<History, 'replaceState'>): string | null {
  const token = tokenIn(address.hash)
  if (token === null) return null
  history.replaceState(null, '', address.pathname + address.search)
  return token === '' ? null : token
}

/** The token in a fragment; null where there is none. */
export function tokenIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token')
}

/**
 * The session of this window with the browser server: what it gets for a token, keeps over a reload, and proves.
 * The key that outlives the host is never stored: a page that another server sends from this port later finds none.
 */
export class Session {
  readonly #origin: string
  readonly #keeper: KeyValueStorage | null
  #token: string | null
  #admission: Pick<Admission, 'id' | 'key'> | null
  #lasting: string | null = null

  constructor(origin: string, token: string | null, keeper: KeyValueStorage | null) {
    this.#origin = origin
    this.#token = token
    this.#keeper = keeper
    this.#admission = kept(keeper)
  }

  /** Comes to the door with the token, where there is one, else with the session. */
  async comeIn(): Promise<Entry> {
    try {
      if (this.#token !== null) await this.#enter({ token: this.#token })
      this.#token = null
      return await this.#prove()
    } catch {
      return 'unreachable'
    }
  }

  /**
   * Shows nothing before the host has shown that it knows the session: whoever else listens at this port learns
   * nothing.
   */
  async #prove(): Promise<Entry> {
    if (this.#admission === null) return 'refused'
    const { id, key } = this.#admission
    const asked = nonce()
    const answer = await this.#ask(`?id=${id}&asked=${asked}`)
    if (!answer.ok) return 'refused'
    const challenge = (await answer.json()) as Challenge
    const said = proofOfHost(asked, challenge.nonce)
    const proofBy = (by: string): string => `${id}.${challenge.nonce}.${hmac(by, proofOfPage(challenge.nonce))}`
    const isSame = challenge.run === hmac(key, said)
    if (isSame && this.#lasting !== null) return { proof: proofBy(key) }
    // A page that was reloaded, or opened by another, gets the key that lasts from the host that it still knows.
    const by = isSame ? key : this.#lasting
    if (by === null || (!isSame && challenge.lasting !== hmac(by, said))) return 'refused'
    return (await this.#enter({ resume: proofBy(by) })) ? this.#prove() : 'refused'
  }

  async #enter(by: { token: string } | { resume: string }): Promise<boolean> {
    const answer = await this.#ask('', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(by),
    })
    if (!answer.ok) return false
    const { id, key, lasting } = (await answer.json()) as Admission
    this.#admission = { id, key }
    this.#lasting = lasting
    this.#keeper?.setItem(KEPT_AS, JSON.stringify(this.#admission))
    return true
  }

  #ask(query: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.#origin + PATHS.session + query, {
      ...init,
      credentials: 'omit',
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
  }
}

/** What an earlier page of this window kept; null where that is nothing, or nothing of ours. */
function kept(keeper: KeyValueStorage | null): Pick<Admission, 'id' | 'key'> | null {
  try {
    const { id, key } = JSON.parse(keeper?.getItem(KEPT_AS) ?? '{}') as Record<string, unknown>
    return typeof id === 'string' && typeof key === 'string' ? { id, key } : null
  } catch {
    return null
  }
}
