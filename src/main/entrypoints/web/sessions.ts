import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { proofOfHost, proofOfPage, type Admission, type Challenge } from '../../../shared/wire.ts'

/** So long a page may take to answer a challenge. */
const CHALLENGE_MS = 30_000
/** So old a session may be that is taken up again after the host was started anew. */
const RESUME_MS = 7 * 24 * 3_600_000

const ID = /^([0-9a-z]{1,10})-[\w-]{22}$/
const ASKED = /^[\w-]{16,64}$/

/**
 * Who may come in. A page shows the token of the printed address once and gets a session: an id and two keys that
 * follow from it. With `key` it proves at every connection that the session is its own; the key itself is never sent
 * again, so that another server on this machine, which the page may meet at this port one day, learns nothing that
 * opens this one. `lasting` does the same towards a host that was started anew: the same memory, the same port.
 *
 * The token stays good until the host ends, so that another browser may come in with the same address. It has 256 bits:
 * there is nothing to gain by guessing, and no number of wrong ones keeps the right one out.
 */
export class Sessions {
  readonly token = secret()
  readonly #run = secret()
  readonly #memory: string
  readonly #clock: () => number
  readonly #used = new Map<string, number>()
  #port = 0

  /** `memory`: a secret that the host has again when it is started anew. `clock` in ms, never set back. */
  constructor(memory: string = secret(), clock: () => number = () => performance.now()) {
    this.#memory = memory
    this.#clock = clock
  }

  /** Lasting keys are good at one port: who has got hold of another is another. */
  bindTo(port: number): void {
    this.#port = port
  }

  /** A new session for the token; null for a wrong one. */
  enter(token: unknown): Admission | null {
    return typeof token === 'string' && sameSecret(token, this.token) ? this.#admission() : null
  }

  /**
   * What a page with a session asks first: that this host is its own, and what to prove the session with. Null where
   * the question is none.
   */
  challenge(id: string, asked: string): Challenge | null {
    if (!ID.test(id) || !ASKED.test(asked)) return null
    const nonce = this.#nonce()
    const message = proofOfHost(asked, nonce)
    return { nonce, run: mac(this.#keyOf(id), message), lasting: mac(this.#lastingOf(id), message) }
  }

  /** Whether a proof, `<id>.<nonce>.<mac>`, shows a session of this host. A proof is good once. */
  holds(proof: string | undefined): boolean {
    return this.#proves(proof, (id) => this.#keyOf(id)) !== null
  }

  /**
   * A new session, with both its keys, for a page that proves one with either of them; null where it does not, or that
   * is too old.
   */
  resume(proof: string): Admission | null {
    const id = this.#proves(proof, (each) => this.#lastingOf(each)) ?? this.#proves(proof, (each) => this.#keyOf(each))
    if (id === null) return null
    // From one run of the host to the next only the clock of the day goes on.
    const now = Date.now()
    return now - parseInt(ID.exec(id)![1]!, 36) < RESUME_MS ? this.#admission() : null
  }

  #proves(proof: string | undefined, keyOf: (id: string) => string): string | null {
    const [id = '', nonce = '', shown = ''] = proof?.split('.', 3) ?? []
    if (!ID.test(id) || !this.#isFresh(nonce) || !sameSecret(shown, mac(keyOf(id), proofOfPage(nonce)))) return null
    this.#use(nonce)
    return id
  }

  #admission(): Admission {
    const id = `${Date.now().toString(36)}-${randomBytes(16).toString('base64url')}`
    return { id, key: this.#keyOf(id), lasting: this.#lastingOf(id) }
  }

  #keyOf(id: string): string {
    return mac(this.#run, `key ${id}`)
  }

  #lastingOf(id: string): string {
    return mac(this.#memory, `lasting ${this.#port} ${id}`)
  }

  /** Nothing is kept of a challenge: however many are asked for, none is lost. */
  #nonce(): string {
    const body = `${Math.round(this.#clock()).toString(36)}~${randomBytes(16).toString('base64url')}`
    return `${body}~${mac(this.#run, `nonce ${body}`)}`
  }

  #isFresh(nonce: string): boolean {
    const [at = '', random = '', shown = ''] = nonce.split('~', 3)
    if (!sameSecret(shown, mac(this.#run, `nonce ${at}~${random}`)) || this.#used.has(nonce)) return false
    return this.#clock() - parseInt(at, 36) < CHALLENGE_MS
  }

  /** Only proofs that were right are remembered, and no longer than they could be shown again. */
  #use(nonce: string): void {
    const now = this.#clock()
    for (const [old, at] of this.#used) {
      if (now - at < CHALLENGE_MS * 2) break
      this.#used.delete(old)
    }
    this.#used.set(nonce, now)
  }
}

/** 256 bits, in 43 letters, digits, `-` and `_`. */
export function secret(): string {
  return randomBytes(32).toString('base64url')
}

function mac(key: string, message: string): string {
  return createHmac('sha256', key).update(message).digest('base64url')
}

/** Compares in a time that does not tell how much of the secret was right. */
function sameSecret(given: string, wanted: string): boolean {
  return timingSafeEqual(digest(given), digest(wanted))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
