import {
  createApi,
  type Api,
  type EventName,
  type Input,
  type Output,
  type Payload,
  type RequestName,
} from '../../src/shared/api.ts'
import { KalamosError } from '../../src/shared/errors.ts'

type Script = { [N in RequestName]?: (input: Input<N>) => Output<N> | Promise<Output<N>> }

/** An API whose answers a test writes down, and whose events it sends: for what the window does with them. */
export function scriptedHost(script: Script): {
  api: Api
  asked: [RequestName, unknown][]
  send: <E extends EventName>(event: E, payload: Payload<E>) => void
} {
  const asked: [RequestName, unknown][] = []
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>()
  const api = createApi({
    request: async (name, input) => {
      asked.push([name, input])
      const answer = script[name] as ((input: unknown) => unknown) | undefined
      if (answer === undefined) throw new KalamosError('not-found', `the test has no answer for ${name}`)
      return await answer(input)
    },
    subscribe: (event, listener) => {
      const known = listeners.get(event) ?? new Set()
      listeners.set(event, known.add(listener))
      return () => known.delete(listener)
    },
  })
  const send = <E extends EventName>(event: E, payload: Payload<E>): void =>
    listeners.get(event)?.forEach((listener) => listener(payload))
  return { api, asked, send }
}
