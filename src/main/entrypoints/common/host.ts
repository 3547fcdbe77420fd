import type { EventName, RequestName } from '../../../shared/api.ts'
import type { Answer } from '../../../shared/wire.ts'
import { KalamosError, errorShape } from '../../../shared/errors.ts'
import { outgrows } from './response-size.ts'

/** What an entry point needs of the app: to ask, and to listen. The app checks inputs where they enter it. */
export interface Host {
  request(name: RequestName, input: unknown): Promise<unknown>
  listen(event: EventName, listener: (payload: unknown) => void): () => void
}

/**
 * Asks the host and gives the answer in the form that crosses an entry point; one that is too large for it is an error.
 * Never rejects.
 */
export async function answer(host: Host, name: RequestName, input: unknown): Promise<Answer> {
  try {
    const output = await host.request(name, input)
    if (outgrows(output))
      throw new KalamosError(
        'unavailable',
        `The answer to ${name} is too large to be shown.`,
        'Ask for less at a time, such as by a narrower filter.',
      )
    return { output }
  } catch (error) {
    return { error: errorShape(error) }
  }
}
