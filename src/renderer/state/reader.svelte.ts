import { SvelteMap } from 'svelte/reactivity'
import type { Api } from '../../shared/api.ts'
import type { ReaderState, ReadWord } from '../../shared/api/recognition.ts'
import { wordPicture, type Picture } from '../plot/sparkline.ts'
import type { LiveSignals } from './live.ts'
import { together, type Topic } from './topic.ts'

/** Live reading: what the model made of every word, and how each looked in the pen's signal. */
export class Reader implements Topic {
  readonly #api: Api
  readonly #live: LiveSignals
  state = $state.raw<ReaderState | null>(null)
  /** Signal pictures by word index, for words that ended while this window watched. */
  readonly pictures = new SvelteMap<number, Picture>()
  /** How long a pause ends a word on the device that is read, ms; the word ended that long before it was read. */
  pauseMs = 0

  readonly words = $derived(this.state?.words ?? [])
  readonly last = $derived(this.words.at(-1) ?? null)
  readonly text = $derived(this.words.map((word) => word.text).join(' '))

  constructor(api: Api, live: LiveSignals) {
    this.#api = api
    this.#live = live
  }

  async refresh(): Promise<void> {
    this.#follow(await this.#api.request('recognise.state', {}))
  }

  listen(): () => void {
    return together(
      this.#api.on('recognise.changed', (state) => this.#follow(state)),
      this.#api.on('recognise.word', (word) => this.#read(word)),
    )
  }

  async start(modelId: number, deviceId: string): Promise<void> {
    this.pictures.clear()
    this.#follow(await this.#api.request('recognise.start', { modelId, deviceId }))
  }

  async stop(): Promise<void> {
    await this.#api.request('recognise.stop', {})
    this.state = null
  }

  async clear(): Promise<void> {
    this.#follow(await this.#api.request('recognise.clear', {}))
    this.pictures.clear()
  }

  #follow(state: ReaderState | null): void {
    this.state = state
  }

  /** The word may come before or after the state that contains it. */
  #read(word: ReadWord): void {
    if (this.state === null) return
    if (!this.state.words.some((known) => known.index === word.index)) {
      this.state = { ...this.state, words: [...this.state.words, word] }
    }
    const ring = this.#live.ring(this.state.deviceId)
    if (ring === undefined) return
    const end = ring.lastMs - this.pauseMs
    this.pictures.set(word.index, wordPicture(ring, end - word.durationMs, end))
  }
}
