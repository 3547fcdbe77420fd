import type { ModelChoice } from '../../shared/api/adaptation.ts'
import type { Device, DeviceProfile } from '../../shared/api/devices.ts'
import type { DecodingChange, ReaderState, ReadingSettings } from '../../shared/api/recognition.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say, type Said } from '../../shared/messages/index.ts'
import type { FrameBlock, Signal } from '../../shared/signal.ts'
import { guarded, inBackground } from '../process/background.ts'
import type { Events } from '../process/events.ts'
import { ModelCard } from '../ml/checkpoint/card.ts'
import { signatureOf, loadModel } from '../ml/checkpoint/model.ts'
import { readCard } from '../ml/checkpoint/weights.ts'
import { refuseVirtualWords } from '../writers/writer-check.ts'
import type { Store } from '../store/index.ts'
import type { LiveVirtualWriter } from '../simulator/source.ts'
import { measureThresholds } from './segmentation-thresholds.ts'
import { Corrections } from './corrections.ts'
import { unfit, type Needs } from './fit.ts'
import { LearnedPauses } from './learned-pauses.ts'
import { LiveReader, type Reading } from './reader.ts'
import { loadRecogniser, type OpenReadingEngine, type Recogniser } from '../ml/inference/recogniser.ts'
import { Vocabulary } from './vocabulary.ts'
import type { Learner } from './read-words.ts'

/** What live reading needs of the pens. The device hub is one. */
export interface PenSource {
  get(deviceId: string): Device
  profile(deviceId: string): DeviceProfile | null
  /** Who writes with a virtual pen; null for a real one. */
  styleOf(deviceId: string): LiveVirtualWriter | null
  open(deviceId: string): Promise<Device>
  frames(deviceId: string, listener: (block: FrameBlock) => void): () => void
}

export interface LiveOptions {
  store: Store
  events: Events
  pens: PenSource
  openEngine: OpenReadingEngine
  /** Which model reads a writer on an open pen, and why. */
  modelFor(writerId: number | null, deviceId: string): ModelChoice
}

/** Who writes, and how the words are read this time; what is not said is as the settings say. */
export interface StartOptions {
  writerId?: number | null
  decoding?: DecodingChange
}

interface Ongoing {
  reader: LiveReader
  /** What decides how the words are decoded. */
  card: ModelCard
  overrides: DecodingChange
  /** Stops listening to the pen. */
  leave(): void
  /** Keeps what was learned. */
  end(): void
}

/** Learned pauses are stored after every so many words, and when reading stops. */
const SAVE_PAUSES_EVERY = 10

/** Reads one pen with one model at a time. */
export class LiveRecognition {
  readonly vocabulary: Vocabulary
  readonly #options: LiveOptions
  readonly #pauses: LearnedPauses
  /** Who reads, or has read: what it read stays, and when reading starts anew as plain text. */
  #reader: LiveReader | null = null
  /** What is being read now. */
  #reading: Ongoing | null = null
  #changes = 0
  #recogniser: { modelId: number; ready: Promise<Recogniser> } | null = null

  constructor(options: LiveOptions) {
    this.#options = options
    this.vocabulary = new Vocabulary(options.store)
    this.#pauses = new LearnedPauses(options.store)
  }

  get state(): ReaderState | null {
    return this.#reader?.state ?? null
  }

  /** What was read before the words of the state, as plain text. */
  get earlier(): string {
    return this.#reader?.earlier ?? ''
  }

  /** Which models can read a pen, and why not. Throws `not-found` for a pen that is not there. */
  fits(deviceId: string): { modelId: number; fits: boolean; reason: Said | null }[] {
    const device = this.#options.pens.get(deviceId)
    return this.#options.store.models.list().map(({ id }) => {
      const reason = this.#reasonAgainst(id, device)
      return { modelId: id, fits: reason === null, reason }
    })
  }

  /**
   * Starts reading, instead of whatever was read before; opens the pen where it is closed. Without a model, the one
   * that reads the writer is taken. Throws `not-found`, `conflict` for a virtual pen with a real writer,
   * `checkpoint-damaged`, `device-unsuitable` where the model does not fit the pen, and what opening throws.
   */
  async start(
    wanted: number | null,
    deviceId: string,
    { writerId = null, decoding: overrides = {} }: StartOptions = {},
  ): Promise<ReaderState> {
    const { pens, store } = this.#options
    if (writerId !== null) refuseVirtualWords(pens.get(deviceId), store.writers.get(writerId))
    const modelId = wanted ?? (await this.#modelFor(writerId, deviceId))
    const card = this.#card(modelId)
    await this.stop()
    const early: FrameBlock[] = []
    let take = (block: FrameBlock): void => void early.push(block)
    const unsubscribe = pens.frames(
      deviceId,
      guarded('reading', 'frames could not be read', (block: FrameBlock) => take(block)),
    )
    try {
      // The lexicon loads beside the model, so that the first word waits for neither.
      const [recogniser] = await Promise.all([this.#load(modelId), this.#readingFor(card, overrides)])
      const device = pens.profile(deviceId) === null ? await pens.open(deviceId) : pens.get(deviceId)
      const reading = await this.#readingFor(card, overrides)
      const { reader, end } = this.#readerFor(device, card, { modelId, writerId, recogniser, reading })
      for (const block of early) reader.push(block)
      take = (block) => reader.push(block)
      const unwatch = this.#options.events.on('devices.changed', (devices) =>
        reader.deviceChanged(devices.find(({ id }) => id === deviceId)),
      )
      const leave = (): void => {
        unsubscribe()
        unwatch()
      }
      this.#reader = reader
      this.#reading = { reader, card, overrides, leave, end }
    } catch (error) {
      unsubscribe()
      throw error
    }
    const state = this.#reader.state
    this.#options.events.emit('recognise.changed', state)
    return state
  }

  /**
   * What was written of a word. Throws `conflict` before anything was read, `not-found` for a word that is not held any
   * more.
   */
  signal(index: number): Signal {
    return this.#open().signal(index)
  }

  /** Begins an empty text, which can be taken back. Throws `conflict` before anything was read. */
  clear(): ReaderState {
    return this.#do((reader) => reader.clear())
  }

  /** Says what a word is, and keeps it as a recording of the writer. Throws `conflict`, `not-found`. */
  correct(index: number, text: string): ReaderState {
    return this.#do((reader) => reader.correct(index, text))
  }

  /**
   * Takes the last correction, the last word or the clearing of the text back. Throws `conflict` where there is none.
   */
  undo(): ReaderState {
    return this.#do((reader) => reader.undo())
  }

  /** Takes again what was taken back last. Throws `conflict` where there is nothing. */
  redo(): ReaderState {
    return this.#do((reader) => reader.redo())
  }

  /** Listens to a pen and proposes how to cut its words; see `measureThresholds`. */
  measureThresholds(input: Parameters<typeof measureThresholds>[1]): ReturnType<typeof measureThresholds> {
    return measureThresholds(this.#options.pens, input)
  }

  /** Applies changed settings, lexicon or language model to what is being read, from the next word on. */
  async settingsChanged(settings: ReadingSettings): Promise<ReadingSettings> {
    const ongoing = this.#reading
    if (!ongoing) return settings
    const change = ++this.#changes
    const reading = await this.#readingFor(ongoing.card, ongoing.overrides)
    // A list that loads for long must not undo what was changed meanwhile.
    if (change === this.#changes) ongoing.reader.readAs(reading)
    return settings
  }

  /** Reads the word being written to its end, and stops; the text stays. */
  async stop(): Promise<void> {
    const ongoing = this.#reading
    if (!ongoing) return
    this.#reading = null
    ongoing.leave()
    await ongoing.reader.finish()
    ongoing.end()
    ongoing.reader.stopped()
  }

  /** Stops, and lets go of the model. */
  async close(): Promise<void> {
    await this.stop()
    await this.#unload()
  }

  async #modelFor(writerId: number | null, deviceId: string): Promise<number> {
    const { pens, modelFor } = this.#options
    const { name } = pens.profile(deviceId) === null ? await pens.open(deviceId) : pens.get(deviceId)
    const { model, reason } = modelFor(writerId, deviceId)
    if (!model) throw new KalamosError('device-unsuitable', say('recognise.no-model-read', { name }), reason)
    return model.id
  }

  #readerFor(
    device: Device,
    card: ModelCard,
    {
      modelId,
      writerId,
      recogniser,
      reading,
    }: { modelId: number; writerId: number | null; recogniser: Recogniser; reading: Reading },
  ): { reader: LiveReader; end: () => void } {
    const { events, pens, store } = this.#options
    const profile = pens.profile(device.id)
    if (!profile)
      throw new KalamosError(
        'device-gone',
        say('record.not-open', { name: device.name }),
        say('recognise.open-devices-page'),
      )
    const rateHz = device.nominalRateHz ?? profile.rateHz
    const channels =
      device.channels.length > 0 ? device.channels : profile.channels.map(({ name, unit }) => ({ name, unit }))
    const reason = unfit(needsOf(card), { channels, rateHz })
    if (reason)
      throw new KalamosError(
        'device-unsuitable',
        say('recognise.cannot-read', { name: card.name, name2: device.name, reason }),
        say('recognise.choose-another-model-another'),
      )
    const who = { writerId, profileId: profile.id }
    const pauses = this.#pauses.estimate(who, profile.segmentation.pauseMs, reading.decoding.learnPauses)
    const corrections = new Corrections({ store, events, writerId, device, profile, hand: pens.styleOf(device.id) })
    const reader = new LiveReader({
      modelId,
      deviceId: device.id,
      writerId,
      channels,
      rateHz,
      segmentation: profile.segmentation,
      recogniser,
      pauses,
      lateStrokes: card.task === 'ctc',
      keeper: corrections,
      learner: this.#learnerFor(writerId),
      earlier: this.#reader?.text ?? '',
      ...reading,
      changed: (state) => events.emit('recognise.changed', state),
      read: (word) => {
        events.emit('recognise.word', word)
        if (word.index % SAVE_PAUSES_EVERY === SAVE_PAUSES_EVERY - 1) this.#pauses.save(who, pauses)
      },
    })
    const end = (): void => {
      this.#pauses.save(who, pauses)
      corrections.end()
    }
    return { reader, end }
  }

  /** What people correct is likelier from the next word on. */
  #learnerFor(writerId: number | null): Learner {
    const heed = (): void =>
      inBackground(
        'reading',
        'learned words could not be taken up',
        async () => void (await this.settingsChanged(this.vocabulary.settings)),
      )
    return {
      learn: (text) => {
        const words = this.vocabulary.learn(writerId, text)
        if (words.length > 0) heed()
        return words
      },
      forgetWords: (words) => {
        if (words.length === 0) return
        this.vocabulary.forgetWords(words)
        heed()
      },
    }
  }

  async #readingFor(card: ModelCard, overrides: DecodingChange): Promise<Reading> {
    const decoding = { ...this.vocabulary.decoding, ...overrides }
    const { decode, lexicon } = await this.vocabulary.decoderFor(signatureOf(card), decoding, card.calibration?.maps)
    return { decoding, lexicon, decode: ({ logits }) => decode(logits) }
  }

  #do(work: (reader: LiveReader) => void): ReaderState {
    const reader = this.#open()
    work(reader)
    return reader.state
  }

  #open(): LiveReader {
    if (!this.#reader)
      throw new KalamosError('conflict', say('recognise.nothing-being-read'), say('recognise.choose-model-pen-start'))
    return this.#reader
  }

  #reasonAgainst(modelId: number, device: Device): Said | null {
    try {
      const card = this.#card(modelId)
      const channels =
        device.channels.length > 0 ? device.channels : (this.#options.pens.profile(device.id)?.channels ?? null)
      if (channels === null) return say('recognise.open-pen-first-channels')
      return unfit(needsOf(card), { channels, rateHz: device.nominalRateHz })
    } catch (error) {
      if (error instanceof KalamosError) return error.said
      throw error
    }
  }

  #card(modelId: number): ModelCard {
    return readCard(this.#cardPath(modelId), ModelCard)
  }

  #cardPath(modelId: number): string {
    const path = this.#options.store.models.paths(modelId)[1]
    if (path === undefined)
      throw new KalamosError(
        'not-found',
        say('recognise.model-no-card', { modelId }),
        say('recognise.delete-train-again'),
      )
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
