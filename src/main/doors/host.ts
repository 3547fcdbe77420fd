import type { EventName, RequestName } from '../../shared/api.ts'
import type { Answer } from '../../shared/wire.ts'
import { errorShape } from '../../shared/errors.ts'

/** What a door needs of the app: to ask, and to listen. The app checks inputs where they enter it. */
export interface Host {
  request(name: RequestName, input: unknown): Promise<unknown>
  listen(event: EventName, listener: (payload: unknown) => void): () => void
}

/** Asks the host and gives the answer in the form that crosses a door. Never rejects. */
export async function answer(host: Host, name: RequestName, input: unknown): Promise<Answer> {
  try {
    return { output: await host.request(name, input) }
  } catch (error) {
    return { error: errorShape(error) }
  }
}
