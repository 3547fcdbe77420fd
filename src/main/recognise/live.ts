import type { Device, DeviceProfile } from '../../shared/api/devices.ts'
import type { ReaderState } from '../../shared/api/recognition.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { FrameBlock } from '../../shared/signal.ts'
import type { Events } from '../events.ts'
import { ModelCard } from '../ml/checkpoint/card.ts'
import { loadModel } from '../ml/checkpoint/model.ts'
import { readCard } from '../ml/checkpoint/weights.ts'
import type { Store } from '../store/index.ts'
import { unfit, type Needs } from './fit.ts'
import { LiveReader } from './reader.ts'
import { loadRecogniser, type OpenReadingEngine, type Recogniser } from './recogniser.ts'

/** What live reading needs of the pens. The device hub is one. */
export interface PenSource {
  get(deviceId: string): Device
  profile(deviceId: string): DeviceProfile | null
  open(deviceId: string): Promise<Device>
  frames(deviceId: string, listener: (block: FrameBlock) => void): () => void
}

export interface LiveOptions {
  store: Store
  events: Events
  pens: PenSource
  openEngine: OpenReadingEngine
}

/** Reads one pen with one model at a time. */
export class LiveRecognition {
  readonly #options: LiveOptions
  #reader: LiveReader | null = null
  #recogniser: { modelId: number; ready: Promise<Recogniser> } | null = null
  #stop: (() => void) | null = null

  constructor(options: LiveOptions) {
    this.#options = options
  }

  get state(): ReaderState | null {
    return this.#reader?.state ?? null
  }

  /** Which models can read a pen, and why not. Throws `not-found` for a pen that is not there. */
  fits(deviceId: string): { modelId: number; fits: boolean; reason: string | null }[] {
    const device = this.#options.pens.get(deviceId)
    return this.#options.store.models.list().map(({ id }) => {
      const reason = this.#reasonAgainst(id, device)
      return { modelId: id, fits: reason === null, reason }
    })
  }

  /**
   * Starts reading, instead of whatever was read before; opens the pen where it is closed.
   * Throws `not-found`, `checkpoint-damaged`, `device-unsuitable` where the model does not fit the pen, and what opening throws.
   */
  async start(modelId: number, deviceId: string): Promise<ReaderState> {
    const { pens } = this.#options
    const card = this.#card(modelId)
    await this.stop()
    const early: FrameBlock[] = []
    let take = (block: FrameBlock): void => void early.push(block)
    const unsubscribe = pens.frames(deviceId, (block) => take(block))
    try {
      const recogniser = await this.#load(modelId)
      const device = pens.profile(deviceId) === null ? await pens.open(deviceId) : pens.get(deviceId)
      const reader = this.#readerFor(device, card, modelId, recogniser)
      for (const block of early) reader.push(block)
      take = (block) => reader.push(block)
      const unwatch = this.#options.events.on('devices.changed', (devices) => reader.deviceChanged(devices.find(({ id }) => id === deviceId)))
      this.#reader = reader
      this.#stop = () => {
        unsubscribe()
        unwatch()
      }
    } catch (error) {
      unsubscribe()
      throw error
    }
    const state = this.#reader.state
    this.#options.events.emit('recognise.changed', state)
    return state
  }

  /** Forgets the words read so far. Throws `conflict` while nothing is read. */
  clear(): ReaderState {
    if (!this.#reader) throw new KalamosError('conflict', 'Nothing is being read.', 'Choose a model and a pen, and start.')
    this.#reader.clear()
    return this.#reader.state
  }

  /** Reads the word being written to its end, and stops. */
  async stop(): Promise<void> {
    const reader = this.#reader
    if (!reader) return
    this.#stop?.()
    await reader.finish()
    this.#reader = null
    this.#stop = null
    this.#options.events.emit('recognise.changed', null)
  }

  /** Stops, and lets go of the model. */
  async close(): Promise<void> {
    await this.stop()
    await this.#unload()
  }

  #readerFor(device: Device, card: ModelCard, modelId: number, recogniser: Recogniser): LiveReader {
    const { events, pens } = this.#options
    const profile = pens.profile(device.id)
    if (!profile) throw new KalamosError('device-gone', `${device.name} is not open.`, 'Open it on the Devices page.')
    const rateHz = device.nominalRateHz ?? profile.rateHz
    const channels = device.channels.length > 0 ? device.channels : profile.channels.map(({ name, unit }) => ({ name, unit }))
    const reason = unfit(needsOf(card), { channels, rateHz })
    if (reason) throw new KalamosError('device-unsuitable', `${card.name} cannot read ${device.name}. ${reason}`, 'Choose another model or another pen.')
    return new LiveReader({
      modelId,
      deviceId: device.id,
      channels,
      rateHz,
      segmentation: profile.segmentation,
      recogniser,
      changed: (state) => events.emit('recognise.changed', state),
      read: (word) => events.emit('recognise.word', word),
    })
  }

  #reasonAgainst(modelId: number, device: Device): string | null {
    try {
      const card = this.#card(modelId)
      const channels = device.channels.length > 0 ? device.channels : (this.#options.pens.profile(device.id)?.channels ?? null)
      if (channels === null) return 'Open the pen first: its channels are not known yet.'
      return unfit(needsOf(card), { channels, rateHz: device.nominalRateHz })
    } catch (error) {
      if (error instanceof KalamosError) return error.message
      throw error
    }
  }

  #card(modelId: number): ModelCard {
    return readCard(this.#cardPath(modelId), ModelCard)
  }

  #cardPath(modelId: number): string {
    const path = this.#options.store.models.paths(modelId)[1]
    if (path === undefined) throw new KalamosError('not-found', `Model ${modelId} has no card.`, 'Delete it and train again.')
    return path
  }

  /** The model, ready to read; the last one stays loaded. */
  async #load(modelId: number): Promise<Recogniser> {
    if (this.#recogniser?.modelId === modelId) return this.#recogniser.ready
    await this.#unload()
    const ready = loadRecogniser(loadModel(this.#cardPath(modelId)), this.#options.openEngine)
    this.#recogniser = { modelId, ready }
    try {
      return await ready
    } catch (error) {
      this.#recogniser = null
      throw error
    }
  }

  async #unload(): Promise<void> {
    const loaded = this.#recogniser
    this.#recogniser = null
    if (loaded) await (await loaded.ready).dispose()
  }
}

function needsOf({ channels, rateHz, sourceRates }: ModelCard): Needs {
  return { channels, rateHz, sourceRates }
}
