import type { Device, Segmentation } from '../../shared/api/devices.ts'
import type { ReaderState, ReadWord } from '../../shared/api/recognition.ts'
import { errorShape } from '../../shared/errors.ts'
import type { Channel, FrameBlock, Signal } from '../../shared/signal.ts'
import { createSegmenter, type Segmenter } from '../segment/index.ts'
import { FrameBuffer } from './frame-buffer.ts'
import type { Recogniser } from './recogniser.ts'

export interface ReaderOptions {
  modelId: number
  deviceId: string
  channels: readonly Channel[]
  rateHz: number
  segmentation: Segmentation
  recogniser: Pick<Recogniser, 'read'>
  changed(state: ReaderState): void
  /** A word was read; `signal` is what was written. */
  read(word: ReadWord, signal: Signal): void
}

/** How many words the state carries; earlier ones were told and are forgotten. */
const WORDS_KEPT = 500

/** A word that goes on for longer is no word: the pen lies on something, or the threshold is too low. */
const LONGEST_MS = 60_000

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
  #words: ReadWord[] = []
  #count = 0
  #phase: ReaderState['phase'] = 'waiting'
  #problem: ReaderState['problem'] = null
  /** First frame of the word being written. */
  #writingFrom: number | null = null
  #queue: Promise<void> = Promise.resolve()
  #pending = 0

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#segmenter = createSegmenter(options.segmentation, options.channels, options.rateHz)
    this.#buffer = new FrameBuffer(options.channels, options.rateHz)
  }

  get state(): ReaderState {
    const { modelId, deviceId } = this.#options
    return { modelId, deviceId, phase: this.#phase, words: [...this.#words], problem: this.#problem }
  }

  /** Takes the next frames of the pen. */
  push(block: FrameBlock): void {
    if (block.count === 0) return
    this.#buffer.push(block)
    if (this.#phase === 'paused') this.#become('waiting', null)
    const arrivedAt = block.hostMillis[block.count - 1]!
    for (const event of this.#segmenter.push(block)) {
      if (event.type === 'start') {
        this.#writingFrom = event.frame
        this.#become('writing', null)
      } else this.#finish(event.first, event.last, arrivedAt)
    }
    this.#forget()
  }

  /** The pen's state as the hub knows it: while nothing comes, reading pauses and says why. */
  deviceChanged(device: Pick<Device, 'state' | 'problem' | 'name'> | undefined): void {
    if (device?.state === 'streaming' || device?.state === 'opening') return
    if (this.#phase === 'paused') return
    for (const event of this.#segmenter.flush()) if (event.type === 'end') this.#finish(event.first, event.last, now())
    const problem = device?.problem ?? { message: `${device?.name ?? 'The pen'} sends nothing.`, hint: 'Plug it in or switch it on: reading goes on by itself.' }
    this.#become('paused', problem)
  }

  /** Forgets the words read so far. */
  clear(): void {
    this.#words = []
    this.#count = 0
    this.#tell()
  }

  /** Ends the word being written and resolves when all words are read. */
  async finish(): Promise<void> {
    for (const event of this.#segmenter.flush()) if (event.type === 'end') this.#finish(event.first, event.last, now())
    await this.#queue
  }

  #finish(first: number, last: number, knownAt: number): void {
    const signal = this.#buffer.cut(first, last)
    this.#writingFrom = null
    this.#pending++
    this.#become('reading', null)
    this.#queue = this.#queue.then(() => this.#read(signal, knownAt))
  }

  async #read(signal: Signal, knownAt: number): Promise<void> {
    try {
      const { text, confidence } = await this.#options.recogniser.read(signal)
      const at = now()
      const word: ReadWord = {
        index: this.#count++,
        text,
        confidence,
        latencyMs: Math.max(0, at - knownAt),
        at,
        durationMs: durationOf(signal),
        frames: signal.frames,
        lostFrames: signal.gaps.reduce((sum, { lost }) => sum + lost, 0),
      }
      this.#words = [...this.#words.slice(1 - WORDS_KEPT), word]
      this.#options.read(word, signal)
    } catch (error) {
      const { message, hint } = errorShape(error)
      this.#problem = { message: `A word could not be read: ${message}`, hint: hint ?? 'Write it again.' }
    }
    this.#pending--
    if (this.#phase === 'reading' && this.#pending === 0) this.#phase = 'waiting'
    this.#tell()
  }

  /** Keeps what a word may still reach back to, and gives up on one that does not end. */
  #forget(): void {
    const { rateHz } = this.#options
    const next = this.#buffer.next
    if (this.#writingFrom !== null && next - this.#writingFrom > (LONGEST_MS / 1000) * rateHz) {
      this.#segmenter.flush()
      this.#writingFrom = null
      this.#become('waiting', {
        message: `The pen has been writing for ${LONGEST_MS / 1000} s without a pause; this was not read.`,
        hint: 'Pause between words, or raise the threshold of the profile.',
      })
    }
    this.#buffer.forgetBefore(this.#writingFrom ?? next - this.#segmenter.reachFrames)
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

function durationOf({ frames, rateHz, deviceMicros, gaps }: Signal): number {
  const span = (deviceMicros[frames - 1]! - deviceMicros[0]!) / 1000
  if (span > 0) return span
  return ((frames - 1 + gaps.reduce((sum, { lost }) => sum + lost, 0)) / rateHz) * 1000
}
