import type { Device, Segmentation } from '../../shared/api/devices.ts'
import type { Decoding, LexiconInUse, ReaderState, ReadWord } from '../../shared/api/recognition.ts'
import { errorShape } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import type { Channel, FrameBlock, Signal } from '../../shared/signal.ts'
import type { DecodedWord } from '../ml/decode/decoder.ts'
import { timesOf } from '../signal/times.ts'
import { createSegmenter, PauseEstimate, type SegmentEvent, type Segmenter } from '../segment/index.ts'
import { FrameBuffer } from './frame-buffer.ts'
import type { WordReading } from '../ml/inference/recogniser.ts'
import { WordBook, type CorrectionStorage, type Learner } from './read-words.ts'

/** How a network's word becomes a text; may change while reading goes on. */
export interface Reading {
  decoding: Decoding
  lexicon: LexiconInUse
  decode(reading: WordReading): DecodedWord
}

export interface ReaderOptions extends Reading {
  modelId: number
  deviceId: string
  writerId: number | null
  channels: readonly Channel[]
  rateHz: number
  segmentation: Segmentation
  recogniser: { read(signal: Signal): Promise<WordReading> }
  /** The pause that ends words; by default that of the profile, learned from here on. */
  pauses?: PauseEstimate
  /** Whether dots and bars that come after the pause are added to their word: not where single strokes are read. */
  lateStrokes: boolean
  keeper: CorrectionStorage
  /** Learns the words that people said are right; by default nothing. */
  learner?: Learner
  /** What was read before, which the words go on from. */
  earlier?: string
  changed(state: ReaderState): void
  /** A word was read; `signal` is what was written. */
  read(word: ReadWord, signal: Signal): void
}

/** A word that goes on for longer is no word: the pen lies on something, or the threshold is too low. */
const LONGEST_MS = 60_000
/**
 * The frames of a word are held this long after it for strokes that come late: longer than the segmenter waits for
 * them.
 */
const LATE_HOLD_MS = 4000

/** Where in the stream a word was. */
interface Place {
  index: number
  first: number
  last: number
  endMicros: number
}

/**
 * Reads words while they are written: cuts the frames of a pen into words and reads each with a model.
 *
 * `latencyMs` of a word is the time from the arrival of the frame that completed the pause behind it (that is, from the
 * moment it could be known that the word is over) to its text; waiting for earlier words is in it, the pause is not.
 */
export class LiveReader {
  readonly #options: ReaderOptions
  readonly #segmenter: Segmenter
  readonly #buffer: FrameBuffer
  readonly #book: WordBook
  readonly pauses: PauseEstimate
  #reading: Reading
  #count = 0
  #phase: ReaderState['phase'] = 'waiting'
  #problem: ReaderState['problem'] = null
  /** First frame of the word being written. */
  #writingFrom: number | null = null
  #latest: Place | null = null
  #queue: Promise<void> = Promise.resolve()
  #pending = 0

  constructor(options: ReaderOptions) {
    const { segmentation, channels, rateHz, decoding, lexicon, decode, lateStrokes } = options
    this.#options = options
    this.#reading = { decoding, lexicon, decode }
    this.pauses = options.pauses ?? new PauseEstimate(segmentation.pauseMs)
    this.#segmenter = createSegmenter(segmentation, channels, rateHz, { pauses: this.pauses, late: lateStrokes })
    this.#buffer = new FrameBuffer(channels, rateHz)
    this.#book = new WordBook(options.keeper, options.earlier, options.learner)
  }

  get state(): ReaderState {
    const { modelId, deviceId, writerId } = this.#options
    return {
      modelId,
      deviceId,
      writerId,
      decoding: this.#reading.decoding,
      lexicon: this.#reading.lexicon,
      phase: this.#phase,
      words: this.#book.words,
      earlierLength: this.#book.earlier.length,
      pauseMs: this.pauses.pauseMs,
      pauseLearned: this.pauses.isLearned,
      undo: this.#book.undoable,
      redo: this.#book.redoable,
      problem: this.#problem,
    }
  }

  /** What was read before the words of the state, as plain text. */
  get earlier(): string {
    return this.#book.earlier
  }

  /** All that was read and not cleared. */
  get text(): string {
    return this.#book.text
  }

  /** How many frames are held: bounded by the longest word. */
  get heldFrames(): number {
    return this.#buffer.held
  }

  /** Takes the next frames of the pen. */
  push(block: FrameBlock): void {
    if (block.count === 0) return
    this.#buffer.push(block)
    if (this.#phase === 'paused') this.#become('waiting', null)
    const arrivedAt = block.hostMillis[block.count - 1]!
    for (const event of this.#segmenter.push(block)) this.#take(event, arrivedAt)
    this.#forget()
  }

  /** The pen's state as the hub knows it: while nothing comes, reading pauses and says why. */
  deviceChanged(device: Pick<Device, 'state' | 'problem' | 'name'> | undefined): void {
    if (device?.state === 'streaming' || device?.state === 'opening') return
    if (this.#phase === 'paused') return
    this.#flush()
    const problem = device?.problem ?? {
      message:
        device === undefined
          ? say('recognise.pen-sends-nothing')
          : say('recognise.sends-nothing', { name: device.name }),
      hint: say('recognise.plug-switch-reading-goes'),
    }
    this.#become('paused', problem)
  }

  /** Reads on in another way, from the next word. */
  readAs(reading: Reading): void {
    this.#reading = reading
    this.#tell()
  }

  /** Says what a word is; see `WordBook.correct`. */
  correct(index: number, text: string): void {
    this.#book.correct(index, text)
    this.#tell()
  }

  undo(): void {
    this.#book.undo()
    this.#tell()
  }

  redo(): void {
    this.#book.redo()
    this.#tell()
  }

  /** What was written of a word; see `WordBook.signal`. */
  signal(index: number): Signal {
    return this.#book.signal(index)
  }

  /** Begins an empty text; see `WordBook.clear`. */
  clear(): void {
    this.#book.clear()
    this.#latest = null
    this.#tell()
  }

  /** Ends the word being written and resolves when all words are read. */
  async finish(): Promise<void> {
    this.#flush()
    await this.#queue
  }

  /** Tells that nothing more is read; the text stays, to be corrected. */
  stopped(): void {
    this.#become('stopped', this.#phase === 'paused' ? null : this.#problem)
  }

  #flush(): void {
    for (const event of this.#segmenter.flush()) this.#take(event, now())
  }

  #take(event: SegmentEvent, arrivedAt: number): void {
    if (event.type === 'start') {
      this.#writingFrom = event.frame
      return this.#become('writing', null)
    }
    this.#writingFrom = null
    if (event.type === 'late' && this.#latest) {
      this.#latest = { ...this.#latest, last: event.last }
      return this.#enqueue(this.#latest, arrivedAt, 'revise')
    }
    const { deviceMicros, frames } = this.#buffer.cut(event.first, event.last)
    const place = { index: this.#count++, first: event.first, last: event.last, endMicros: deviceMicros[frames - 1]! }
    this.#enqueue(place, arrivedAt, 'add', this.#parting(place, deviceMicros[0]!))
    this.#latest = place
  }

  #enqueue(place: Place, knownAt: number, how: 'add' | 'revise', before: ReadWord['before'] = 'space'): void {
    const signal = this.#buffer.cut(place.first, place.last)
    const { pauseMs } = this.pauses
    this.#pending++
    this.#become('reading', null)
    this.#queue = this.#queue.then(async () => {
      try {
        const word = await this.#read(signal, knownAt, {
          index: place.index,
          before,
          pauseMs,
          revised: how === 'revise',
        })
        if (how === 'revise') this.#book.revise(word, signal)
        else {
          this.#book.add(word, signal)
          this.#options.read(word, signal)
        }
      } catch (error) {
        const { message, hint } = errorShape(error)
        this.#problem = {
          message: say('recognise.word-not-read', { message }),
          hint: hint ?? say('recognise.write-again'),
        }
      }
      this.#pending--
      if (this.#phase === 'reading' && this.#pending === 0) this.#phase = 'waiting'
      this.#tell()
    })
  }

  async #read(
    signal: Signal,
    knownAt: number,
    known: Pick<ReadWord, 'index' | 'before' | 'pauseMs' | 'revised'>,
  ): Promise<ReadWord> {
    const { decode, decoding } = this.#reading
    const { text, confidence, calibrated, readings } = decode(await this.#options.recogniser.read(signal))
    const at = now()
    return {
      ...known,
      text,
      confidence,
      calibrated,
      readings,
      doubtful: confidence < decoding.doubtBelow,
      latencyMs: Math.max(0, at - knownAt),
      at,
      durationMs: durationOf(signal),
      frames: signal.frames,
      lostFrames: signal.gaps.reduce((sum, { lost }) => sum + lost, 0),
      readAs: null,
      recordingId: null,
    }
  }

  /** What parts a word from the one before, by the time between them on the pen's clock. */
  #parting(place: Place, beginMicros: number): ReadWord['before'] {
    if (!this.#latest) return 'start'
    const { rateHz } = this.#options
    const { lineBreakMs } = this.#reading.decoding
    const byClock = (beginMicros - this.#latest.endMicros) / 1000
    const restMs = byClock >= 0 ? byClock : ((place.first - this.#latest.last) / rateHz) * 1000
    return lineBreakMs !== null && restMs >= lineBreakMs ? 'line' : 'space'
  }

  /** Keeps what a word may still reach back to, and gives up on one that does not end. */
  #forget(): void {
    const { rateHz, lateStrokes } = this.#options
    const next = this.#buffer.next
    if (this.#writingFrom !== null && next - this.#writingFrom > (LONGEST_MS / 1000) * rateHz) {
      this.#segmenter.flush()
      this.#writingFrom = null
      this.#become('waiting', {
        message: say('recognise.pen-writing-s-without', { longestMs: LONGEST_MS / 1000 }),
        hint: say('recognise.pause-between-words-raise'),
      })
    }
    const reach = next - this.#segmenter.reachFrames
    const mayGrow = lateStrokes && this.#latest && next - this.#latest.last < (LATE_HOLD_MS / 1000) * rateHz
    this.#buffer.forgetBefore(Math.min(this.#writingFrom ?? reach, reach, mayGrow ? this.#latest!.first : Infinity))
  }

  #become(phase: ReaderState['phase'], problem: ReaderState['problem']): void {
    this.#phase = phase
    this.#problem = problem
    this.#tell()
  }

  #tell(): void {
    this.#options.changed(this.state)
  }
}

/** Milliseconds since 1970, finer than whole ones. */
function now(): number {
  return performance.timeOrigin + performance.now()
}

function durationOf(signal: Signal): number {
  return (timesOf(signal).at(-1) ?? 0) * 1000
}
