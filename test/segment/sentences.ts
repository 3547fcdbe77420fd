import { correctedValues, sensorErrors } from '../../src/main/simulator/sensors.ts'
import { simulateRest, simulateText } from '../../src/main/simulator/simulate.ts'
import { drawWriter, type VirtualWriter } from '../../src/main/simulator/writer.ts'
import { wordList } from '../../src/main/words/lists.ts'
import { createSegmenter, type PauseSource } from '../../src/main/segment/index.ts'
import type { Segmentation } from '../../src/shared/api/devices.ts'
import { PEN_CHANNELS, type FrameBlock } from '../../src/shared/signal.ts'
import { blockOf, slice } from './streams.ts'

/** The segmentation of the 13-channel pen, as it comes with the app. */
export const PEN: Segmentation = { by: 'force', threshold: 0.15, pauseMs: 500, minimumMs: 100 }

/** Words that one virtual writer wrote one after another, as frames with the place of every word. */
export interface Sentence {
  block: FrameBlock
  /** From the first touch-down of a word to before the frame after its last lift. */
  spans: { start: number; stop: number }[]
}

export interface Circumstances {
  take?: number
  /** Seconds that the pen hovers between words beyond its flights, [least, most]; 0.25 to 0.7 unless told. */
  rests?: readonly [number, number]
  /** How much the paper shakes the pen, as a multiple of what the virtual pen takes it to. */
  friction?: number
}

export function sentence(
  writer: number,
  words: number,
  { take = 0, rests, friction = 1 }: Circumstances = {},
): Sentence {
  const list = wordList('virtual-500')
  const from = (writer * 37 + take * 101) % (list.length - words)
  const { signal, words: spans } = simulateText(onPaper(writer, friction), list.slice(from, from + words), {
    take,
    ...(rests ? { pauses: rests } : {}),
  })
  const block: FrameBlock = {
    channels: signal.channels,
    count: signal.frames,
    values: signal.values,
    deviceMicros: signal.deviceMicros,
    hostMillis: signal.hostMillis,
    lostBefore: new Uint32Array(signal.frames),
  }
  return { block, spans: [...spans] }
}

/** What a calibration hears: six seconds of writing, then three of a pen that hovers. */
export function calibration(
  writer: number,
  circumstances: Circumstances = {},
): { writing: FrameBlock[]; resting: FrameBlock[] } {
  const hand = drawWriter(writer)
  const values = correctedValues(simulateRest(hand, 3, 10), sensorErrors(hand))
  const width = PEN_CHANNELS.length
  const rows = Array.from({ length: values.length / width }, (_, i) => [...values.subarray(i * width, (i + 1) * width)])
  return {
    writing: [slice(sentence(writer, 6, { ...circumstances, take: 2 }).block, 0, 600)],
    resting: [blockOf(PEN_CHANNELS, rows)],
  }
}

function onPaper(writer: number, friction: number): VirtualWriter {
  const hand = drawWriter(writer)
  return { ...hand, pen: { ...hand.pen, friction: friction * hand.pen.friction } }
}

/** Only some channels of the frames, as of a pen that has no others. */
export function only(block: FrameBlock, names: RegExp): FrameBlock {
  const kept = block.channels.flatMap(({ name }, at) => (names.test(name) ? [at] : []))
  const width = block.channels.length
  const values = Float32Array.from(
    { length: block.count * kept.length },
    (_, i) => block.values[Math.floor(i / kept.length) * width + kept[i % kept.length]!]!,
  )
  return { ...block, channels: kept.map((at) => block.channels[at]!), values }
}

/** How well words were found. A word of the writer's is one of `whole`, `split`, `merged`, `clipped` and `missed`. */
export interface Found {
  /**
   * Its recording holds all of its strokes, late ones included, and none of a neighbour's; no other holds any of them.
   */
  whole: number
  /** Whole, with both ends within 150 ms of where they are (100 ms is the margin that is kept on purpose). */
  right: number
  /** Strokes in more than one recording, in one with strokes of a neighbour, partly in none, wholly in none. */
  split: number
  merged: number
  clipped: number
  missed: number
  /** Recordings, and words that were written. */
  found: number
  wanted: number
}

export function findWords({ block, spans }: Sentence, pauses?: PauseSource, settings = PEN, rateHz = 100): Found {
  const segments = recordingsOf(block, settings, rateHz, pauses)
  const result: Found = {
    whole: 0,
    right: 0,
    split: 0,
    merged: 0,
    clipped: 0,
    missed: 0,
    found: segments.length,
    wanted: spans.length,
  }
  const near = (150 * rateHz) / 1000
  spans.forEach(({ start, stop }, i) => {
    const holding = segments.filter(({ first, last }) => first < stop && last >= start)
    const [one] = holding
    if (one === undefined) result.missed++
    else if (holding.length > 1) result.split++
    else if (one.first < (spans[i - 1]?.stop ?? 0) || one.last >= (spans[i + 1]?.start ?? Infinity)) result.merged++
    else if (one.first > start || one.last < stop - 1) result.clipped++
    else {
      result.whole++
      if (start - one.first <= near && Math.abs(one.last - stop) <= near) result.right++
    }
  })
  return result
}

function recordingsOf(
  block: FrameBlock,
  settings: Segmentation,
  rateHz: number,
  pauses?: PauseSource,
): { first: number; last: number }[] {
  const segmenter = createSegmenter(settings, block.channels, rateHz, { late: true, ...(pauses ? { pauses } : {}) })
  const segments: { first: number; last: number }[] = []
  for (const event of [...segmenter.push(block), ...segmenter.flush()]) {
    if (event.type === 'end') segments.push(event)
    else if (event.type === 'late') segments.at(-1)!.last = event.last
  }
  return segments
}

/** Harmonic mean of precision and recall of the words found, whole or by a stricter measure. */
export function f1(results: readonly Found[], of: 'whole' | 'right' = 'whole'): number {
  return (2 * total(results, of)) / (total(results, 'found') + total(results, 'wanted'))
}

export function total(results: readonly Found[], of: keyof Found): number {
  return results.reduce((sum, result) => sum + result[of], 0)
}
