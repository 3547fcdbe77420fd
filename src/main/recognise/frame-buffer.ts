import type { Channel, FrameBlock, Gap, Signal } from '../../shared/signal.ts'

/** The latest frames of a stream, addressed by their number since the stream began. */
export class FrameBuffer {
  readonly #channels: readonly Channel[]
  readonly #rateHz: number
  #blocks: { first: number; block: FrameBlock }[] = []
  #next = 0

  constructor(channels: readonly Channel[], rateHz: number) {
    this.#channels = channels
    this.#rateHz = rateHz
  }

  /** Number of the frame that comes next. */
  get next(): number {
    return this.#next
  }

  /** How many frames are held. */
  get held(): number {
    return this.#blocks.reduce((sum, { block }) => sum + block.count, 0)
  }

  push(block: FrameBlock): void {
    if (block.count === 0) return
    this.#blocks.push({ first: this.#next, block })
    this.#next += block.count
  }

  /** Lets go of the frames before a number, as far as whole blocks of them are old. */
  forgetBefore(frame: number): void {
    const keep = this.#blocks.findIndex(({ first, block }) => first + block.count > frame)
    this.#blocks = keep < 0 ? [] : this.#blocks.slice(keep)
  }

  /** Frames `first` to `last`, both included, as a signal; frames that were forgotten are missing from its start. */
  cut(first: number, last: number): Signal {
    const width = this.#channels.length
    const begin = Math.max(first, this.#blocks[0]?.first ?? this.#next)
    const frames = Math.max(0, Math.min(last, this.#next - 1) - begin + 1)
    const values = new Float32Array(frames * width)
    const deviceMicros = new Float64Array(frames)
    const hostMillis = new Float64Array(frames)
    const gaps: Gap[] = []
    for (const { first: start, block } of this.#blocks) {
      const from = Math.max(0, begin - start)
      const to = Math.min(block.count, begin + frames - start)
      for (let i = from; i < to; i++) {
        const at = start + i - begin
        values.set(block.values.subarray(i * width, (i + 1) * width), at * width)
        deviceMicros[at] = block.deviceMicros[i]!
        hostMillis[at] = block.hostMillis[i]!
        if (at > 0 && block.lostBefore[i]! > 0) gaps.push({ at, lost: block.lostBefore[i]! })
      }
    }
    return { channels: this.#channels, rateHz: this.#rateHz, frames, values, deviceMicros, hostMillis, gaps }
  }
}
