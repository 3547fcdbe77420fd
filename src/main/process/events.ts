import type { EventName, Payload } from '../../shared/api.ts'
import { inBackground } from './background.ts'

type Listener<E extends EventName> = (payload: Payload<E>) => void

/**
 * What the host tells unasked, to whoever listens. A listener that throws is logged, and keeps neither others from
 * hearing nor the teller from going on.
 */
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
      inBackground('app', 'a listener to an event failed', () => (listener as Listener<E>)(payload))
    }
  }

  /** Whether anybody listens: lets a source skip work nobody would see. */
  heard(event: EventName): boolean {
    return (this.#listeners.get(event)?.size ?? 0) > 0
  }
}
