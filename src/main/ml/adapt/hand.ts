import type { Example } from '../data/types.ts'

/** Tip force in N above which the pen is on the paper. */
const TOUCHING = 0.05
const TINY = 1e-6

/**
 * What tells one hand from another, whatever is written: numbers of how the pen turns on the paper and above it. Along
 * which axes, how these go together, how long and how often it touches, how smoothly it moves, how evenly it presses.
 * Scales are left out, since a recogniser sees every recording scaled to itself. `values`: `[frames, channels]` in
 * physical units. Null without the three axes of the gyroscope and the force.
 */
export function handOf({ values, frames }: Pick<Example, 'values' | 'frames'>, channels: readonly string[]): number[] | null {
  const [x, y, z, force] = ['gyro_x', 'gyro_y', 'gyro_z', 'force'].map((name) => channels.indexOf(name)) as [number, number, number, number]
  if ([x, y, z, force].includes(-1)) return null
  const at = (frame: number, channel: number): number => values[frame * channels.length + channel]!
  const all = Array.from({ length: frames }, (_, frame) => frame)
  const down = all.filter((frame) => at(frame, force) > TOUCHING)
  const touching = new Set(down)
  const up = all.filter((frame) => !touching.has(frame))
  const turns = (of: readonly number[]) => covariance(of.map((frame) => [at(frame, x), at(frame, y), at(frame, z)]))
  const [below, above] = [turns(down), turns(up)]
  const changes = all.slice(1).reduce((sum, frame) => sum + (at(frame, x) - at(frame - 1, x)) ** 2, 0)
  const size = all.reduce((sum, frame) => sum + at(frame, x) ** 2, 0)
  const pressure = spreadOf(down.map((frame) => at(frame, force)))
  const lifts = down.filter((frame) => frame + 1 < frames && !touching.has(frame + 1)).length
  return [
    Math.log(below.deviations[0] / below.deviations[1]),
    Math.log(below.deviations[2] / below.deviations[0]),
    ...below.correlations,
    Math.log(above.deviations[2] / above.deviations[0]),
    down.length / frames,
    lifts / frames,
    Math.log((changes + TINY) / (size + TINY)),
    pressure,
  ]
}

/** Standard deviations of three axes, and how each pair of them goes together. */
function covariance(rows: readonly (readonly [number, number, number])[]): { deviations: [number, number, number]; correlations: [number, number, number] } {
  const mean = ([0, 1, 2] as const).map((axis) => rows.reduce((sum, row) => sum + row[axis], 0) / Math.max(1, rows.length))
  const of = (a: 0 | 1 | 2, b: 0 | 1 | 2): number => rows.reduce((sum, row) => sum + (row[a] - mean[a]!) * (row[b] - mean[b]!), 0) / Math.max(1, rows.length)
  const deviations: [number, number, number] = [Math.sqrt(of(0, 0)) + TINY, Math.sqrt(of(1, 1)) + TINY, Math.sqrt(of(2, 2)) + TINY]
  return { deviations, correlations: [of(0, 1) / deviations[0] / deviations[1], of(0, 2) / deviations[0] / deviations[2], of(1, 2) / deviations[1] / deviations[2]] }
}

/** Standard deviation as a share of the mean. */
function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length)) / (mean + TINY)
}

/** A hand as some of its words show it: the mean of each number, and of how many words. */
export interface Hand {
  mean: number[]
  words: number
}

export function meanHand(words: readonly (readonly number[])[]): Hand {
  return { mean: words[0]!.map((_, at) => words.reduce((sum, word) => sum + word[at]!, 0) / words.length), words: words.length }
}

/**
 * The places of the `count` candidates that are most like a hand, the likest first. Each candidate is given by the numbers
 * of some of its words. A number counts the more, the more candidates differ in it compared with one's own words.
 */
export function likest(hand: Hand, candidates: readonly (readonly (readonly number[])[])[], count: number): number[] {
  const hands = candidates.map(meanHand)
  const middle = meanHand(hands.map(({ mean }) => mean)).mean
  const between = middle.map((value, at) => hands.reduce((sum, { mean }) => sum + (mean[at]! - value) ** 2, 0) / hands.length)
  const within = middle.map((_, at) => {
    const squares = candidates.flatMap((words, place) => words.map((word) => (word[at]! - hands[place]!.mean[at]!) ** 2))
    return squares.reduce((sum, square) => sum + square, 0) / Math.max(1, squares.length - candidates.length)
  })
  const distance = ({ mean, words }: Hand): number =>
    mean.reduce((sum, value, at) => sum + (value - hand.mean[at]!) ** 2 / (within[at]! / words + within[at]! / hand.words + SLACK * between[at]! + TINY), 0)
  const distances = hands.map(distance)
  return distances.map((_, place) => place).sort((a, b) => distances[a]! - distances[b]!).slice(0, count)
}

/** Nobody is closer than this share of how much hands differ: no single number decides. */
const SLACK = 0.05
