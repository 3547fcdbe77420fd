import { PauseEstimate, proposeSegmentation } from '../../src/main/segment/index.ts'
import { TextRandom } from '../../src/main/random/text.ts'
import { KalamosError } from '../../src/shared/errors.ts'
import type { FrameBlock } from '../../src/shared/signal.ts'
import {
  calibration,
  findWords,
  only,
  PEN,
  sentence as simulated,
  type Circumstances,
  type Found,
  type Sentence,
} from '../../test/segment/sentences.ts'

/** A pen that has no tip force, and how somebody writes with it. */
export interface Condition extends Circumstances {
  sensors?: RegExp
  /** So many frames of the virtual pen (100 Hz) are averaged into one. */
  perFrame?: number
  /** Noise that is added to every axis, as its deviation: g of an accelerometer. The virtual pen's has 0.0006. */
  noise?: number
}

const UNHURRIED = [0.6, 1.2] as const
const HURRIED = [0.1, 0.3] as const

export const CONDITIONS: readonly (Condition & { name: string })[] = [
  { name: 'rests of 0.25 to 0.7 s between words' },
  { name: 'rests of 0.6 to 1.2 s', rests: UNHURRIED },
  { name: 'rests of 0.1 to 0.3 s', rests: HURRIED },
  { name: 'paper that shakes the pen a fifth as much', friction: 0.2 },
  { name: 'paper that does not shake the pen', friction: 0 },
  { name: 'paper that does not shake the pen, rests of 0.6 to 1.2 s', friction: 0, rests: UNHURRIED },
  { name: 'accelerometer alone with 0.003 g of noise', sensors: /^acc1/, noise: 0.003 },
  { name: 'gyroscope alone', sensors: /^gyro/ },
  { name: 'gyroscope alone, rests of 0.6 to 1.2 s', sensors: /^gyro/, rests: UNHURRIED },
  { name: '33 frames a second', perFrame: 3 },
  { name: '33 frames a second, rests of 0.6 to 1.2 s', perFrame: 3, rests: UNHURRIED },
]

/**
 * Calibrates in ten seconds, learns pauses on 20 words, and cuts others. Where calibration fails all words are missed.
 */
export function cutWithoutForce(
  writer: number,
  words: number,
  { sensors = /^(acc1|gyro)/, perFrame = 1, noise = 0, ...circumstances }: Condition,
): { by: string | null; found: Found } {
  const rateHz = 100 / perFrame
  const random = new TextRandom(`noise of ${writer}`)
  const sent = (block: FrameBlock): FrameBlock =>
    averaged(
      noisy(only(block, sensors), noise, () => random.uniform()),
      perFrame,
    )
  const seen = ({ block, spans }: Sentence): Sentence => ({
    block: sent(block),
    spans: spans.map(({ start, stop }) => ({ start: Math.floor(start / perFrame), stop: Math.ceil(stop / perFrame) })),
  })
  const { writing, resting } = calibration(writer, circumstances)
  const written = seen(sentence(writer, words, { ...circumstances, take: 1 }))
  try {
    const { segmentation } = proposeSegmentation(
      { writing: writing.map(sent), resting: resting.map(sent) },
      written.block.channels,
      rateHz,
      PEN,
    )
    const pauses = new PauseEstimate(segmentation.pauseMs)
    findWords(seen(sentence(writer, 20, circumstances)), pauses, segmentation, rateHz)
    return { by: segmentation.by, found: findWords(written, pauses, segmentation, rateHz) }
  } catch (error) {
    if (!(error instanceof KalamosError) || error.code !== 'device-unsuitable') throw error
    return {
      by: null,
      found: { whole: 0, right: 0, split: 0, merged: 0, clipped: 0, missed: words, found: 0, wanted: words },
    }
  }
}

const simulations = new Map<string, Sentence>()

/** The same words by the same hand serve several sensors and rates. */
function sentence(...of: Parameters<typeof simulated>): Sentence {
  const key = JSON.stringify(of)
  const known = simulations.get(key) ?? simulated(...of)
  simulations.set(key, known)
  return known
}

/** Twelve uniform numbers less their mean are as good as normal here. */
function noisy(block: FrameBlock, deviation: number, random: () => number): FrameBlock {
  if (deviation === 0) return block
  const normal = (): number => Array.from({ length: 12 }, random).reduce((sum, value) => sum + value, -6)
  return { ...block, values: block.values.map((value) => value + deviation * normal()) }
}

function averaged(block: FrameBlock, frames: number): FrameBlock {
  if (frames === 1) return block
  const width = block.channels.length
  const count = Math.floor(block.count / frames)
  const values = new Float32Array(count * width)
  for (let i = 0; i < count * frames * width; i++)
    values[Math.floor(i / (frames * width)) * width + (i % width)]! += block.values[i]! / frames
  const first = (from: Float64Array): Float64Array => Float64Array.from({ length: count }, (_, i) => from[i * frames]!)
  return {
    channels: block.channels,
    count,
    values,
    deviceMicros: first(block.deviceMicros),
    hostMillis: first(block.hostMillis),
    lostBefore: new Uint32Array(count),
  }
}
