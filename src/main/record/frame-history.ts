import type { FrameBlock } from '../../shared/signal.ts'

/** The latest frames of a stream, counted since it began: a word starts a little before it is known to have started. */
export class FrameHistory {
  #blocks: { first: number; block: FrameBlock }[] = []
  #next = 0

  /** The number of the frame that comes next. */
  get next(): number {
    return this.#next
  }

  push(block: FrameBlock): void {
    this.#blocks.push({ first: this.#next, block })
    this.#next += block.count
  }

  /** Frames `from` up to `to` (not included), as far as they are still known. */
  between(from: number, to: number): FrameBlock[] {
    return this.#blocks.flatMap(({ first, block }) => {
      const [begin, end] = [Math.max(0, from - first), Math.min(block.count, to - first)]
      return begin < end ? [part(block, begin, end)] : []
    })
  }

  /** Lets go of frames before this one. */
  forgetBefore(frame: number): void {
    const keep = this.#blocks.findIndex(({ first, block }) => first + block.count > frame)
    this.#blocks = keep === -1 ? [] : this.#blocks.slice(keep)
  }
}

function part(block: FrameBlock, begin: number, end: number): FrameBlock {
  if (begin === 0 && end === block.count) return block
  const width = block.channels.length
  return {
    channels: block.channels,
    count: end - begin,
    values: block.values.subarray(begin * width, end * width),
    deviceMicros: block.deviceMicros.subarray(begin, end),
    hostMillis: block.hostMillis.subarray(begin, end),
    lostBefore: block.lostBefore.subarray(begin, end),
  }
}
