import { SvelteMap } from 'svelte/reactivity'

/**
 * Whose signals are drawn, any number at once: those that somebody asked for, and of itself only that of the first pen.
 */
export class Watched {
  readonly #chosen = new SvelteMap<string, boolean>()
  readonly #streaming: () => readonly { id: string }[]
  /** The pens that stream now and are drawn. */
  readonly drawn = $derived.by(() => this.#streaming().filter(({ id }) => this.has(id)))
  /** Whether every pen that streams is drawn. */
  readonly all = $derived.by(() => this.drawn.length === this.#streaming().length)

  /** `streaming`: the pens whose signals could be drawn now, in the order of the page. */
  constructor(streaming: () => readonly { id: string }[]) {
    this.#streaming = streaming
  }

  has(id: string): boolean {
    return this.#chosen.get(id) ?? this.#streaming()[0]?.id === id
  }

  set(id: string, on: boolean): void {
    // Whoever is drawn of itself stays so when another pen comes first.
    for (const pen of this.drawn) this.#chosen.set(pen.id, true)
    this.#chosen.set(id, on)
  }

  /** Draws all pens that stream, or none. */
  setAll(on: boolean): void {
    for (const { id } of this.#streaming()) this.#chosen.set(id, on)
  }
}
