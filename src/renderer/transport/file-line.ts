import { asError, KalamosError, type ErrorShape } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import { PATHS } from '../../shared/wire.ts'

/** A file of this machine, and where it is to lie in the folder it is sent to. */
export interface Sendable {
  file: File
  place: string
}

/** Sends files to the host over HTTP, and fetches them. `prove` gives a proof of the session, or throws. */
export class FileLine {
  readonly #prove: () => Promise<string>

  constructor(prove: () => Promise<string>) {
    this.#prove = prove
  }

  /** A folder of the host; one that lasts stays for as long as what is in it is needed there. */
  open({ lasts = false } = {}): Promise<{ id: string; folder: string }> {
    return this.#ask('POST', lasts ? '/lasting' : '')
  }

  /** Writes a file into an open folder; tells how many of its bytes are sent. Gives its path there. */
  async send(
    id: string,
    { file, place }: Sendable,
    told: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<string> {
    const proof = await this.#prove()
    // A request that is not sent yet does not tell that it was broken off.
    if (signal.aborted) throw cancelled()
    // fetch does not tell how far it is.
    const { promise, resolve, reject } = Promise.withResolvers<string>()
    const request = new XMLHttpRequest()
    request.open('PUT', `${PATHS.transfers}/${id}/${place.split('/').map(encodeURIComponent).join('/')}`)
    request.setRequestHeader('authorization', `Kalamos ${proof}`)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded }) => told(loaded)
    request.onload = () => {
      const answer = request.response as { path: string } | { error: ErrorShape } | null
      if (answer !== null && 'path' in answer) resolve(answer.path)
      else reject(answer === null ? broken() : asError(answer.error))
    }
    request.onerror = () => reject(broken())
    request.onabort = () => reject(cancelled())
    const abort = (): void => request.abort()
    signal.addEventListener('abort', abort)
    request.send(file)
    return promise.finally(() => signal.removeEventListener('abort', abort))
  }

  /** Lets the browser save what the host has written into an open folder. */
  async fetch(id: string): Promise<void> {
    const { url } = await this.#ask<{ url: string }>('POST', `/${id}`)
    const link = document.createElement('a')
    link.href = url
    link.download = ''
    link.click()
  }

  async discard(id: string): Promise<void> {
    await this.#ask('DELETE', `/${id}`)
  }

  async #ask<T>(method: string, rest: string): Promise<T> {
    const answer = await fetch(PATHS.transfers + rest, {
      method,
      headers: { authorization: `Kalamos ${await this.#prove()}` },
    }).catch(() => {
      throw broken()
    })
    const body = (await answer.json()) as T | { error: ErrorShape }
    if (typeof body === 'object' && body !== null && 'error' in body) throw asError(body.error)
    return body
  }
}

function cancelled(): KalamosError {
  return new KalamosError('cancelled', 'Cancelled.')
}

function broken(): KalamosError {
  return new KalamosError('unavailable', say('general.connection-broke-file'), say('general.try-when-connected'))
}
