import type { Segmentation } from '../../shared/api/devices.ts'
import type { Channel, FrameBlock } from '../../shared/signal.ts'
import { LONGEST_GAP_S } from '../signal/times.ts'
import { createActivity } from './activity.ts'
import { LONGEST_PAUSE, type PauseSource } from './pauses.ts'

/**
 * Frames are counted from 0 since the segmenter began; lost frames are not counted. `last` is the word's last frame.
 * `late` ends what had begun as a word of its own and is none: the dots and bars of the word before it.
 */
export type SegmentEvent =
  | { type: 'start'; frame: number }
  | { type: 'end'; first: number; last: number }
  | { type: 'late'; first: number; last: number }

export interface Segmenter {
  /**
   * Takes the next frames and tells which words began and ended with them. How frames are parted into blocks does not
   * matter.
   */
  push(block: FrameBlock): SegmentEvent[]
  /** Ends a word that is being written, now. */
  flush(): SegmentEvent[]
  /** How many of the latest frames a later `start` may reach back to. */
  readonly reachFrames: number
}

export interface SegmenterOptions {
  /** With 'flush' a word that has started goes on over every pause. */
  endsBy?: 'pause' | 'flush'
  /** Ends words by the pause that was learned from the writer, and tells it each gap; else by the profile's. */
  pauses?: PauseSource
  /**
   * Whether dots and bars that come after the pause are told as `late` instead of as a word. Not by motion: it shows no
   * strokes.
   */
  late?: boolean
}

/**
 * Activity must fall to this share of the threshold before the pen counts as lifted: a grip that trembles does not part
 * strokes.
 */
const RELEASE = 0.8
/**
 * What belongs to a word before and after the active frames: force starts sharply, motion slowly, and vibration is seen
 * some 45 ms after it was (see `createVibration`).
 */
const MARGIN_MS = {
  force: { before: 100, after: 100 },
  vibration: { before: 150, after: 70 },
  motion: { before: 250, after: 250 },
}
/** Clocks jitter; a word is not refused for half a millisecond. */
const TOLERANCE_MS = 0.5
/**
 * No stroke of a dot or bar takes longer, nor do two dots together, and it follows its word within this time (assumed;
 * the shortest words of 20 virtual writers take 540 ms, with strokes as short as dots).
 */
const LATE = { strokeMs: 150, wholeMs: 350, afterMs: 1500 }
/** A stroke shakes the pen for longer than it presses the tip: by the window and the filter of the vibration. */
const LATE_LONGER_MS = { force: 0, vibration: 60 }

interface Moment {
  frame: number
  ms: number
}

/**
 * Cuts a stream into words. A word starts when the pen is active (see `createActivity`) and has been for `minimumMs`,
 * and ends when it has been still for the pause; strokes that come within the pause belong to the word.
 * A gap that is too long to be filled ends it too.
 * Time is the pen's clock, or frames at `rateHz` where it has none; it never is the time of arrival, which comes in
 * bursts. Throws `device-unsuitable` where the channels are missing.
 */
export function createSegmenter(
  settings: Segmentation,
  channels: readonly Channel[],
  rateHz: number,
  { endsBy = 'pause', pauses, late = false }: SegmenterOptions = {},
): Segmenter {
  const activity = createActivity(settings.by, channels, rateHz)
  const period = 1000 / rateHz
  const before = Math.ceil(MARGIN_MS[settings.by].before / period)
  const after = Math.ceil(MARGIN_MS[settings.by].after / period)
  const longer = late && endsBy === 'pause' && settings.by !== 'motion' ? LATE_LONGER_MS[settings.by] : null

  let frame = -1
  let ms = 0
  let lastMicros = NaN
  let active = false
  let announced = false
  let first: Moment | undefined
  let last: Moment = { frame: -1, ms: 0 }
  let free = 0
  /** Since when the present stroke has been going on, and how long the longest of this word was. */
  let strokeFrom = 0
  let longestStroke = 0
  /** The last ink of the word before, which a late dot may still belong to. */
  let wordBefore: Moment | undefined

  /** Goes on to the next frame and returns the ms that it comes after the one before. */
  function tick(micros: number, lost: number): number {
    const byClock = (micros - lastMicros) / 1000
    const elapsed = byClock > 0 ? byClock : period * (1 + lost)
    ms += elapsed
    lastMicros = micros
    frame++
    return elapsed
  }

  function end(upTo = frame): SegmentEvent[] {
    if (first === undefined) return []
    const word = { first: Math.max(free, first.frame - before), last: Math.min(last.frame + after, upTo) }
    const isLate =
      longer !== null &&
      wordBefore !== undefined &&
      longestStroke <= LATE.strokeMs + longer &&
      last.ms - first.ms <= LATE.wholeMs + longer &&
      first.ms - wordBefore.ms <= LATE.afterMs
    const told = announced
    first = undefined
    active = false
    announced = false
    if (!isLate && !told) return []
    // The time for late strokes runs from the word, not from its dots: tapping on does not make it longer.
    if (!isLate) wordBefore = last
    free = word.last + 1
    return [{ type: isLate ? 'late' : 'end', ...word }]
  }

  function touch(): void {
    if (!active) {
      if (last.frame >= 0) pauses?.lifted(ms - last.ms)
      strokeFrom = ms
    }
    if (first === undefined) longestStroke = 0
    longestStroke = Math.max(longestStroke, ms - strokeFrom + period)
    last = { frame, ms }
    first ??= last
  }

  function step(level: number): SegmentEvent[] {
    const writes = level > settings.threshold * (active ? RELEASE : 1)
    if (!writes) {
      active = false
      const over =
        first !== undefined &&
        ms - last.ms >= (pauses?.pauseMs ?? settings.pauseMs) &&
        !(announced && endsBy === 'flush')
      return over ? end() : []
    }
    touch()
    active = true
    if (announced || ms - first!.ms + period + TOLERANCE_MS < settings.minimumMs) return []
    announced = true
    return [{ type: 'start', frame: Math.max(free, first!.frame - before) }]
  }

  return {
    reachFrames:
      Math.ceil((settings.minimumMs + settings.pauseMs * (pauses ? LONGEST_PAUSE : 1)) / period) + before + 2,
    flush: () => end(),
    push(block) {
      const events: SegmentEvent[] = []
      for (let i = 0; i < block.count; i++) {
        const elapsed = tick(block.deviceMicros[i]!, block.lostBefore[i]!)
        // Nobody knows what was written in a gap this long: what comes behind it is another word, and reaches back no
        // further.
        if (elapsed > LONGEST_GAP_S * 1000 && frame > 0) {
          if (endsBy === 'pause') events.push(...end(frame - 1))
          if (first === undefined) free = Math.max(free, frame)
        }
        events.push(...step(activity(block.values, i * channels.length)))
      }
      return events
    },
  }
}
