/** Virtual recordings: a word, or a running text, by a virtual writer. */
import { KalamosError } from '../../shared/errors.ts'
import { PEN_CHANNELS } from '../../shared/signal.ts'
import type { Gap, Signal } from '../../shared/signal.ts'
import type { PenHold } from './hold.ts'
import { inked } from './ink.ts'
import type { InkStroke } from './ink.ts'
import { bounds, layWord, wordGap } from './layout.ts'
import { letterSteps } from './letters.ts'
import { motionOf } from './motion.ts'
import type { Motion } from './motion.ts'
import { CoursePlan, PER_FRAME } from './plan.ts'
import type { Course } from './plan.ts'
import { CHANNELS, RATE_HZ } from './profile.ts'
import { randomStream } from '../random/named.ts'
import type { NamedRandom } from '../random/named.ts'
import { correctedValues, idealSignal, sensorErrors, penCounts } from './sensors.ts'
import { writableSymbols } from './shapes.ts'
import type { VirtualWriter } from './writer.ts'

/**
 * The moment at which virtual recordings begin unless told otherwise: 2026-01-01, so that equal seeds give equal bytes.
 */
export const VIRTUAL_EPOCH = Date.UTC(2026, 0, 1)

/** Faults of the way from the pen to the host; all off by default. */
export interface TransportFaults {
  /** Share of frames lost, 0-1. */
  loss?: number
  /** Standard deviation of the arrival in ms. */
  jitter?: number
  /** Frames arrive together, every so many ms, as over Bluetooth. */
  burst?: number
}

export interface SimulationOptions extends TransportFaults {
  /** The how-manieth time the writer writes this: another take, another movement within the same habit. */
  take?: number
  seed?: number
  /** Seconds in which the pen hovers before and after. */
  lead?: number
  tail?: number
  startMillis?: number
  /** Keep the true motion beside what the sensors say. */
  truth?: boolean
  /**
   * Seconds since the writer's session began: slow drifts of the pose go on from there. Else a random moment for a
   * word, 0 for a text.
   */
  clock?: number
}

/** Where in the frames a word was written: from the first touch-down to the last lift, delayed dots included. */
export interface WordSpan {
  text: string
  start: number
  stop: number
}

/** Frames of a letter, from its first to before its last. */
export interface LetterSpan {
  start: number
  stop: number
}

export interface Truth {
  motion: Motion
  /** `[frames, 13]`: what perfect sensors would have read. */
  ideal: Float64Array
}

/** One virtual word with its signal, its counts and its ink. */
export interface VirtualRecording {
  virtual: true
  writer: string
  label: string
  take: number
  signal: Signal
  /** Raw counts, `[frames, 13]`, in the ranges of DIGIPEN_RANGES. */
  counts: Int16Array
  strokes: readonly InkStroke[]
  span: WordSpan
  /**
   * Where each letter of the label was written, its delayed dots and bars apart; null for a letter of such strokes
   * alone.
   */
  letters: readonly (LetterSpan | null)[]
  truth?: Truth
}

/** A running text: one signal with the place of every word. */
export interface VirtualText extends Omit<VirtualRecording, 'label' | 'span' | 'letters'> {
  words: readonly WordSpan[]
}

/**
 * One word, written as this writer would. The same writer, text, take and seed give the same bytes everywhere.
 * Throws `invalid-input` for a word that cannot be written (see writableSymbols).
 */
export function simulateWord(writer: VirtualWriter, text: string, options: SimulationOptions = {}): VirtualRecording {
  const letters = writableSymbols(text)
  const label = letters.join('')
  const random = randomStream('word', writer.seed, label, options.take ?? 0, options.seed ?? 0)
  const laid = layWord(writer, letters, random, { x: 0, y: 0 })
  const { outlines } = laid
  const [x, y] = [outlines[0]![0]!, outlines[0]![1]!]
  const plan = new CoursePlan(writer, random, { x: x - random.between(1, 4), y: y - random.between(-1, 3) })
  plan.hold((options.lead ?? 0.04) * random.lognormal(1, 0.2))
  const written = plan.write(outlines)
  plan.lift()
  plan.hold((options.tail ?? 0.04) * random.lognormal(1, 0.2))
  const clock = options.clock ?? random.between(0, 600)
  const {
    words: [span],
    at,
    ...recording
  } = recorded(writer, plan.course(), random, [{ text: label, written }], options, clock)
  const spans = letterSteps(laid, plan.course(), written).map(
    (steps) => steps && { start: at(steps.from), stop: at(steps.to) },
  )
  return { ...recording, label, span: span!, letters: spans }
}

export interface TextOptions extends SimulationOptions {
  /** Seconds between words beyond the flight, [least, most]. */
  pauses?: readonly [number, number]
  /** A longer rest of so many seconds after every so many words. */
  rest?: { every: number; seconds: number }
  /** Width of the paper in mm. */
  lineWidth?: number
}

/**
 * Words one after another in a single stream, with the pen in the air between them and a new line where the paper ends.
 */
export function simulateText(writer: VirtualWriter, words: readonly string[], options: TextOptions = {}): VirtualText {
  if (words.length === 0)
    throw new KalamosError('invalid-input', 'There is no text to write.', 'Give at least one word.')
  const spelled = words.map((word) => writableSymbols(word))
  const random = randomStream('text', writer.seed, words.join(' '), options.take ?? 0, options.seed ?? 0)
  const [least, most] = options.pauses ?? [0.25, 0.7]
  const plan = new CoursePlan(writer, random, { x: -3, y: 0 })
  plan.hold(options.lead ?? 0.3)
  const marks: Mark[] = []
  const cursor = { x: 0, y: 0 }
  for (const [i, letters] of spelled.entries()) {
    let laid = layWord(writer, letters, random, cursor)
    if (cursor.x > 0 && bounds(laid.outlines).right > (options.lineWidth ?? 150)) {
      Object.assign(cursor, { x: 0, y: cursor.y - 4.5 * writer.xHeight })
      laid = layWord(writer, letters, random, cursor)
    }
    marks.push({ text: letters.join(''), written: plan.write(laid.outlines) })
    plan.lift()
    cursor.x = laid.end + wordGap(writer, random)
    if (i + 1 < spelled.length)
      plan.hold(
        random.between(least, most) +
          (options.rest !== undefined && (i + 1) % options.rest.every === 0 ? options.rest.seconds : 0),
      )
  }
  plan.hold(options.tail ?? 0.3)
  const { at: _, ...recording } = recorded(writer, plan.course(), random, marks, options, options.clock ?? 0)
  return recording
}

/** Counts of a pen that hovers in the hand and writes nothing, `[frames, 13]`. */
export function simulateRest(writer: VirtualWriter, seconds: number, clock: number): Int16Array {
  const random = randomStream('rest', writer.seed, clock)
  const plan = new CoursePlan(writer, random, { x: 0, y: 0 })
  plan.hold(seconds)
  return penCounts(motionOf(writer, plan.course(), random, clock), writer, random)
}

interface Mark {
  text: string
  written: readonly { from: number; to: number }[]
}

/** The signal and the ink of a course of the tip. `at` turns a grid step into a received frame. */
export function recorded(
  writer: PenHold,
  course: Course,
  random: NamedRandom,
  marks: readonly Mark[],
  options: SimulationOptions,
  clock: number,
): VirtualText & { at: (step: number) => number } {
  const motion = motionOf(writer, course, random, clock)
  const counts = penCounts(motion, writer, random)
  const ink = marks.flatMap(({ written }) => written.map(({ from, to }) => inked(motion, from, to)))
  const received = transport(counts, options, writer, random)
  return {
    virtual: true,
    writer: writer.name,
    take: options.take ?? 0,
    signal: { ...received.signal, values: correctedValues(received.counts, sensorErrors(writer)) },
    counts: received.counts,
    strokes: ink,
    at: received.at,
    words: marks.map(({ text, written }) => ({
      text,
      start: received.at(written[0]!.from),
      stop: received.at(written.at(-1)!.to + PER_FRAME - 1),
    })),
    ...(options.truth === true ? { truth: { motion, ideal: idealSignal(motion, writer) } } : {}),
  }
}

/** Clocks, losses and bursts between the pen and the host. `at` turns a grid step into a received frame. */
function transport(counts: Int16Array, options: SimulationOptions, writer: PenHold, random: NamedRandom) {
  const sent = counts.length / CHANNELS
  const { loss = 0, jitter = 0, burst = 30, startMillis = VIRTUAL_EPOCH } = options
  const kept: number[] = []
  const gaps: Gap[] = []
  let lost = 0
  for (let frame = 0; frame < sent; frame++) {
    if (loss > 0 && random.chance(loss)) lost++
    else {
      if (lost > 0) gaps.push({ at: kept.length, lost })
      lost = 0
      kept.push(frame)
    }
  }
  const received =
    kept.length === sent
      ? counts
      : Int16Array.from(kept.flatMap((frame) => [...counts.subarray(frame * CHANNELS, (frame + 1) * CHANNELS)]))
  const deviceMicros = Float64Array.from(kept, (frame) => frame * 10_000)
  let latest = -Infinity
  const hostMillis = Float64Array.from(kept, (frame) => {
    const sentAt = (frame + 1) * 10 * (1 + writer.pen.clockSkew)
    const arrival = Math.ceil(sentAt / burst) * burst + (jitter > 0 ? Math.abs(jitter * random.normal()) : 0)
    latest = Math.max(latest, Math.floor(startMillis + arrival + 0.5))
    return latest
  })
  const at = (step: number) => {
    const frame = Math.floor(step / PER_FRAME)
    return kept.length === sent ? Math.min(frame, sent) : kept.filter((k) => k < frame).length
  }
  return {
    counts: received,
    signal: { channels: PEN_CHANNELS, rateHz: RATE_HZ, frames: kept.length, deviceMicros, hostMillis, gaps },
    at,
  }
}
