import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

const WRONG_TOKENS = 10
const WINDOW_MS = 60_000
const COOKIE_MAX = 4096

/**
 * Exchanges the token of the printed address for a session that lives in a cookie, until the server ends.
 * The token stays good, so that a second browser or window may come in with the same address.
 */
export class Sessions {
  readonly token = randomBytes(32).toString('base64url')
  readonly #digests = new Set<string>()
  readonly #failures = new Map<string, number[]>()
  readonly #now: () => number
  #cookie = 'kalamos'

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /** Cookies do not tell ports apart, so two servers on one machine must use two names. */
  bindTo(port: number): void {
    this.#cookie = `kalamos-${port}`
  }

  /** The `Set-Cookie` of a new session; `wrong` for a wrong token, `wait` after ten wrong ones in a minute from one address. */
  enter(token: unknown, address: string): { cookie: string } | 'wrong' | 'wait' {
    const failures = (this.#failures.get(address) ?? []).filter((at) => this.#now() - at < WINDOW_MS)
    if (failures.length >= WRONG_TOKENS) return 'wait'
    if (typeof token !== 'string' || !sameSecret(token, this.token)) {
      if (this.#failures.size > 1000) this.#failures.clear()
      this.#failures.set(address, [...failures, this.#now()])
      return 'wrong'
    }
    const session = randomBytes(32).toString('base64url')
    this.#digests.add(digest(session).toString('hex'))
    return { cookie: `${this.#cookie}=${session}; HttpOnly; SameSite=Strict; Path=/` }
  }

  /** Whether a `Cookie` header carries a session of this server. */
  holds(header: string | undefined): boolean {
    if (header === undefined || header.length > COOKIE_MAX) return false
    return header.split(';').some((pair) => {
      const [name, value] = pair.trim().split('=', 2)
      return name === this.#cookie && value !== undefined && this.#digests.has(digest(value).toString('hex'))
    })
  }
}

/** Compares in a time that does not tell how much of the secret was right. */
function sameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
