import type { Segmentation } from '../../shared/api/devices.ts'
import type { Channel, FrameBlock } from '../../shared/signal.ts'
import { createActivity } from './activity.ts'

/** Frames are counted from 0 since the segmenter began; lost frames are not counted. `last` is the word's last frame. */
export type SegmentEvent = { type: 'start'; frame: number } | { type: 'end'; first: number; last: number }

export interface Segmenter {
  /** Takes the next frames and tells which words began and ended with them. How frames are parted into blocks does not matter. */
  push(block: FrameBlock): SegmentEvent[]
  /** Ends a word that is being written, now. */
  flush(): SegmentEvent[]
  /** How many of the latest frames a later `start` may reach back to. */
  readonly reachFrames: number
}

/** Activity must fall to this share of the threshold before the pen counts as lifted: a grip that trembles does not part strokes. */
const RELEASE = 0.8
/** Frames before and after the active ones that belong to a word: force starts sharply, motion slowly. */
const MARGIN_MS = { force: 100, motion: 250 }
/** Clocks jitter; a word is not refused for half a millisecond. */
const TOLERANCE_MS = 0.5

interface Moment {
  frame: number
  ms: number
}

/**
 * Cuts a stream into words. A word starts when the pen is active (see `createActivity`) and has been for `minimumMs`,
 * and ends when it has been still for `pauseMs`; strokes that come within the pause belong to the word.
 * Time is the pen's clock, or frames at `rateHz` where it has none; it never is the time of arrival, which comes in bursts.
 * With `endsBy` 'flush' a word that has started goes on over every pause. Throws `device-unsuitable` where the channels are missing.
 */
export function createSegmenter(
  settings: Segmentation,
  channels: readonly Channel[],
  rateHz: number,
  endsBy: 'pause' | 'flush' = 'pause',
): Segmenter {
  const activity = createActivity(settings.by, channels, rateHz)
  const period = 1000 / rateHz
  const margin = Math.ceil(MARGIN_MS[settings.by] / period)

  let frame = -1
  let ms = 0
  let lastMicros = NaN
  let active = false
  let announced = false
  let first: Moment | undefined
  let last: Moment = { frame: -1, ms: 0 }
  let free = 0

  function tick(micros: number, lost: number): void {
    const elapsed = (micros - lastMicros) / 1000
    ms += elapsed > 0 ? elapsed : period * (1 + lost)
    lastMicros = micros
    frame++
  }

  function end(): SegmentEvent[] {
    if (first === undefined) return []
    const word = { type: 'end' as const, first: Math.max(free, first.frame - margin), last: Math.min(last.frame + margin, frame) }
    const told = announced
    first = undefined
    active = false
    announced = false
    if (!told) return []
    free = word.last + 1
    return [word]
  }

  function step(level: number): SegmentEvent[] {
    active = level > settings.threshold * (active ? RELEASE : 1)
    if (!active) {
      const over = first !== undefined && ms - last.ms >= settings.pauseMs && !(announced && endsBy === 'flush')
      return over ? end() : []
    }
    last = { frame, ms }
    first ??= last
    if (announced || ms - first.ms + period + TOLERANCE_MS < settings.minimumMs) return []
    announced = true
    return [{ type: 'start', frame: Math.max(free, first.frame - margin) }]
  }

  return {
    reachFrames: Math.ceil((settings.minimumMs + settings.pauseMs) / period) + margin + 2,
    flush: end,
    push(block) {
      const events: SegmentEvent[] = []
      for (let i = 0; i < block.count; i++) {
        tick(block.deviceMicros[i]!, block.lostBefore[i]!)
        events.push(...step(activity(block.values, i * channels.length)))
      }
      return events
    },
  }
}
