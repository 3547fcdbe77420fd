import type { App } from '../../src/main/app/app.ts'
import { Player } from '../../src/main/selftest/player.ts'
import { openPortPair, type PortPair } from '../../src/main/selftest/port-pair.ts'
import { waitFor } from '../../src/main/selftest/wait.ts'
import { simulateText } from '../../src/main/simulator/simulate.ts'
import { drawWriter } from '../../src/main/simulator/writer.ts'
import { wordList } from '../../src/main/words/lists.ts'
import type { Decoding, ReadWord } from '../../src/shared/api/recognition.ts'
import type { Signal } from '../../src/shared/signal.ts'

/** Rest after the last word, ms: the pause that ends it. */
const REST_MS = 1500
const PATIENCE_MS = 60_000

/** What a virtual writer wrote: one signal, and how many words are in it. */
export interface Sentence {
  signal: Signal
  words: number
}

/** A sentence in a virtual hand; equal seeds give equal bytes. */
export function sentence(seed: number, words: number): Sentence {
  const list = wordList('virtual-500')
  const chosen = Array.from({ length: words }, (_, i) => list[(seed * 41 + i) % list.length]!)
  return { signal: simulateText(drawWriter(seed), chosen).signal, words }
}

/** A pen on a real serial port (a pair of pseudo-terminals) that the app reads. */
export class WiredPen {
  readonly deviceId: string
  readonly #app: App
  readonly #ports: PortPair
  readonly #player: Player

  private constructor(app: App, ports: PortPair, player: Player, deviceId: string) {
    this.#app = app
    this.#ports = ports
    this.#player = player
    this.deviceId = deviceId
  }

  static async open(app: App, like: Signal, speed: number): Promise<WiredPen> {
    const ports = await openPortPair()
    const deviceId = `serial:${ports.host}`
    await app.request('devices.open', { deviceId, profileId: 'pen-frame' })
    return new WiredPen(app, ports, await Player.open(ports.pen, like, speed), deviceId)
  }

  /**
   * Writes a sentence while the app reads it; returns the words that were read, and how long it took until reading had
   * begun.
   */
  async read(
    modelId: number,
    { signal, words }: Sentence,
    decoding: Partial<Decoding>,
  ): Promise<{ words: ReadWord[]; startMs: number }> {
    const heard: ReadWord[] = []
    const stop = this.#app.events.on('recognise.word', (word) => heard.push(word))
    const asked = performance.now()
    await this.#app.request('recognise.start', { modelId, deviceId: this.deviceId, decoding })
    const startMs = performance.now() - asked
    try {
      await this.write(signal)
      await waitFor(async () => heard.length >= words, 500)
    } finally {
      await this.#app.request('recognise.stop', {})
      stop()
    }
    return { words: heard, startMs }
  }

  async write(signal: Signal): Promise<void> {
    await this.#player.rest(signal, REST_MS)
    await this.#player.write(signal, REST_MS)
  }

  /** Waits until what was written has arrived. */
  async settled(): Promise<void> {
    const frames = async (): Promise<number> =>
      (await this.#app.request('devices.list', {})).find(({ id }) => id === this.deviceId)?.frames ?? 0
    await waitFor(async () => (await frames()) >= this.#player.frames, PATIENCE_MS)
  }

  async close(): Promise<void> {
    await this.#player.close()
    await this.#app.request('devices.close', { deviceId: this.deviceId })
    await this.#ports.close()
  }
}
