import type { Segmentation } from '../../shared/api/devices.ts'
import { KalamosError } from '../../shared/errors.ts'
import type { Channel, FrameBlock } from '../../shared/signal.ts'
import { createSegmenter, type SegmentEvent, type Segmenter } from '../segment/index.ts'
import { FrameHistory } from './frame-history.ts'

export type Advance = 'pause' | 'key'

/** A pen's frames, cut into words, with enough of the past at hand to write each word from its first frame on. */
export class WordStream {
  readonly channels: readonly Channel[]
  readonly advance: Advance
  readonly history = new FrameHistory()
  readonly #segmenter: Segmenter

  /** Throws `device-unsuitable` where pauses cannot be seen in these channels. */
  constructor(segmentation: Segmentation, advance: Advance, channels: readonly Channel[], rateHz: number) {
    this.channels = channels
    this.advance = advance
    this.#segmenter = segmenterFor(segmentation, advance, channels, rateHz)
  }

  push(block: FrameBlock): SegmentEvent[] {
    this.history.push(block)
    return this.#segmenter.push(block)
  }

  /** Ends the word that is being written, now. */
  flush(): SegmentEvent[] {
    return this.#segmenter.flush()
  }

  /** Lets go of what no word can need: what is before `needed` and before what the next start may reach back to. */
  forget(needed = Infinity): void {
    this.history.forgetBefore(Math.min(needed, this.history.next - this.#segmenter.reachFrames))
  }

  /** Whether a block continues this stream. */
  continues(block: FrameBlock): boolean {
    if (block.channels === this.channels) return true
    return (
      block.channels.length === this.channels.length &&
      block.channels.every(({ name }, i) => name === this.channels[i]!.name)
    )
  }
}

/** With a key no pause ends a word; a pen whose activity cannot be seen is then recorded from key to key. */
function segmenterFor(
  segmentation: Segmentation,
  advance: Advance,
  channels: readonly Channel[],
  rateHz: number,
): Segmenter {
  if (advance === 'pause') return createSegmenter(segmentation, channels, rateHz)
  try {
    return createSegmenter(segmentation, channels, rateHz, { endsBy: 'flush' })
  } catch (error) {
    if (error instanceof KalamosError && error.code === 'device-unsuitable') return everything()
    throw error
  }
}

function everything(): Segmenter {
  let next = 0
  let first: number | undefined
  return {
    reachFrames: 1,
    push(block) {
      const begins = first === undefined && block.count > 0
      first ??= next
      next += block.count
      return begins ? [{ type: 'start', frame: first }] : []
    },
    flush() {
      if (first === undefined || first === next) return []
      const word: SegmentEvent = { type: 'end', first, last: next - 1 }
      first = undefined
      return [word]
    },
  }
}
