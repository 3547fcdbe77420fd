import { PEN_CHANNELS, type Signal } from '../../shared/signal.ts'
import type { InkStroke } from '../simulator/ink.ts'
import { CHANNELS, RATE_HZ } from '../simulator/profile.ts'
import { SENT_FULL_SCALES, sourceText, type SourceText } from '../simulator/source.ts'
import type { VirtualWriter } from '../simulator/writer.ts'

const FORCE = CHANNELS - 1
/** Force in N that only a touching tip has: noise stays below. */
const TOUCHING = 0.1
/** The tip may touch down so many frames earlier or later than at the moment that was guessed first. */
const ASTRAY = 2
/** Means of the force in N may differ by this much where the pen's drift, but not the word, is another one. */
const ALIKE = 0.05

/**
 * The strokes behind what a virtual pen wrote live when it was asked for `words`: null where it did not write them, or
 * not within its first `takes` times. The pen's clock says which of its frames were recorded. When it began to write is
 * found from the first touch-down; whether it did is proved by every sample, to the count.
 */
export function liveStrokes(
  writer: VirtualWriter,
  words: readonly string[],
  signal: Signal,
  takes: number,
): readonly InkStroke[] | null {
  if (signal.channels.length !== CHANNELS || !signal.channels.every(({ name }, at) => name === PEN_CHANNELS[at]!.name))
    return null
  const sent = sentFrames(writer, signal)
  const touched = touchDown(signal.frames, (frame) => signal.values[frame * CHANNELS + FORCE]!)
  if (touched === null || sent[touched]! < 0) return null
  for (let take = 0; take < takes; take++) {
    const draft = sourceText(writer, words, take, sent[touched]! / RATE_HZ)
    const touches = touchDown(draft.counts.length / CHANNELS, (frame) => valueAt(draft, frame, FORCE))
    if (touches === null || !isAlike(draft, signal, sent, sent[touched]! - touches)) continue
    for (const astray of nearFirst(ASTRAY)) {
      const begun = sent[touched]! - touches + astray
      if (begun < 0) continue
      const text = sourceText(writer, words, take, begun / RATE_HZ)
      if (isWhole(text, sent, begun) && isSame(text, signal, sent, begun)) return text.strokes
    }
  }
  return null
}

/** The number of each recorded frame, counted from the first that the pen ever sent. */
function sentFrames({ pen }: VirtualWriter, { deviceMicros }: Signal): Int32Array {
  const micros = (1e6 * (1 - pen.clockSkew)) / RATE_HZ
  return Int32Array.from(deviceMicros, (at) => (Number.isFinite(at) ? Math.round(at / micros) : -1))
}

function touchDown(frames: number, forceAt: (frame: number) => number): number | null {
  for (let frame = 0; frame < frames; frame++) if (forceAt(frame) > TOUCHING) return frame
  return null
}

function valueAt({ counts }: SourceText, frame: number, channel: number): number {
  return (counts[frame * CHANNELS + channel]! * SENT_FULL_SCALES[channel]!) / 32768
}

/** Whether the pen pressed as for this text: told before the text is simulated from its very moment. */
function isAlike(draft: SourceText, { values }: Signal, sent: Int32Array, begun: number): boolean {
  let [difference, rows] = [0, 0]
  sent.forEach((frame, at) => {
    const row = frame - begun
    if (row < 0 || row >= draft.counts.length / CHANNELS) return
    difference += Math.abs(valueAt(draft, row, FORCE) - values[at * CHANNELS + FORCE]!)
    rows++
  })
  return rows > 0 && difference / rows < ALIKE
}

/** Whether all of the text, from its first touch-down to its last lift, was recorded. */
function isWhole({ words }: SourceText, sent: Int32Array, begun: number): boolean {
  return sent[0]! <= begun + words[0]!.start && sent.at(-1)! >= begun + words.at(-1)!.stop - 1
}

/** Whether every recorded frame of the text is the simulated one, within what counts can tell. */
function isSame(text: SourceText, { values }: Signal, sent: Int32Array, begun: number): boolean {
  const rows = text.counts.length / CHANNELS
  return sent.every((frame, at) => {
    const row = frame - begun
    if (row < 0 || row >= rows) return true
    for (let channel = 0; channel < CHANNELS; channel++) {
      if (Math.abs(valueAt(text, row, channel) - values[at * CHANNELS + channel]!) > SENT_FULL_SCALES[channel]! / 32768)
        return false
    }
    return true
  })
}

function nearFirst(most: number): number[] {
  return [0, ...Array.from({ length: most }, (_, at) => [at + 1, -at - 1]).flat()]
}
