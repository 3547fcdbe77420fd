import type { EventName, Payload } from '../shared/api.ts'

type Listener<E extends EventName> = (payload: Payload<E>) => void

/** What the host tells unasked, to whoever listens. A listener that throws does not keep others from hearing. */
export class Events {
  readonly #listeners = new Map<EventName, Set<Listener<never>>>()

  on<E extends EventName>(event: E, listener: Listener<E>): () => void {
    const listeners = this.#listeners.get(event) ?? new Set()
    this.#listeners.set(event, listeners)
    listeners.add(listener as Listener<never>)
    return () => listeners.delete(listener as Listener<never>)
  }

  emit<E extends EventName>(event: E, payload: Payload<E>): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        ;(listener as Listener<E>)(payload)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }

  /** Whether anybody listens: lets a source skip work nobody would see. */
  heard(event: EventName): boolean {
    return (this.#listeners.get(event)?.size ?? 0) > 0
  }
}
