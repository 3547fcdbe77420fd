import { deviation, mean } from '../../statistics/mean.ts'
import { quantileOfSorted } from '../../statistics/quantile.ts'
import type { NamedArray } from '../../compute/engine/types.ts'

/** What one word shows of the hand that wrote it. */
export interface WordFeatures {
  /** Shares of the letters in the word, by class, and in the place of the blank one over their number. */
  text: Float64Array
  /** Numbers of the signal and of what the network made of it. */
  values: Float64Array
}

/** The layer of the network that is looked at: the last before the classes. */
export const LAYER = 'lstm'

const QUANTILES = [0.05, 0.25, 0.5, 0.75, 0.95]
/** Frames at 100 Hz: from a tenth of a letter to about a whole one. */
const LAGS = [1, 2, 3, 4, 6, 8, 12, 16, 24]
const CROSS_LAGS = [-2, 0, 2]
/** Newtons above which the tip is on the paper. */
const TOUCH = 0.15
const LEAST = 1e-6

/**
 * The impression of a word: how strong, how fast and how smooth each channel is and how it goes with the others, how
 * long strokes, lifts and letters take, and mean and deviation over time of the network's last layer, which has seen
 * their shapes. `values` is `[frames, channels]` in the channels' units; the last channel is the tip force. `layer` is
 * `[rows, time, width]` of the network, of which `frames` are valid in this `row`.
 */
export function wordFeaturesOf(
  word: { values: Float32Array; target: readonly number[]; classes: number },
  channels: number,
  layer: NamedArray,
  { row, frames }: { row: number; frames: number },
): WordFeatures {
  return {
    text: textOf(word),
    values: Float64Array.from([...ofSignal(word, channels), ...ofLayer(layer, row, frames)]),
  }
}

function textOf({ target, classes }: { target: readonly number[]; classes: number }): Float64Array {
  const shares = new Float64Array(classes)
  for (const letter of target) shares[letter]! += 1 / target.length
  shares[0] = 1 / target.length
  return shares
}

function ofSignal({ values, target }: { values: Float32Array; target: readonly number[] }, channels: number): number[] {
  const columns = Array.from({ length: channels }, (_, channel) => columnOf(values, channel, channels))
  const scaled = columns.map(standardised)
  return [
    ...columns.flatMap((column, channel) => ofChannel(column, scaled[channel]!.values, scaled[channel]!)),
    ...scaled.flatMap((one, a) =>
      scaled.slice(0, a).flatMap((other) => CROSS_LAGS.map((lag) => product(one.values, other.values, lag))),
    ),
    ...ofStrokes(columns.at(-1)!, target.length),
  ]
}

function columnOf(values: Float32Array, channel: number, channels: number): Float64Array {
  return Float64Array.from({ length: values.length / channels }, (_, frame) => values[frame * channels + channel]!)
}

interface Standardised {
  values: Float64Array
  mean: number
  deviation: number
}

function standardised(column: Float64Array): Standardised {
  const mean = meanOf(column)
  const deviation = Math.sqrt(meanOf(column.map((value) => (value - mean) ** 2))) + LEAST
  return { values: column.map((value) => (value - mean) / deviation), mean, deviation }
}

function ofChannel(column: Float64Array, scaled: Float64Array, { mean, deviation }: Standardised): number[] {
  const steps = column.subarray(1).map((value, at) => (value - column[at]!) ** 2)
  const sorted = scaled.toSorted()
  return [
    mean,
    Math.log(deviation),
    Math.log(Math.sqrt(meanOf(steps)) + LEAST),
    meanOf(scaled.map((value) => value ** 3)),
    ...QUANTILES.map((share) => quantileOfSorted(sorted, share, 'above')),
    ...LAGS.map((lag) => product(scaled, scaled, lag)),
  ]
}

/** Mean of one row times the other, `lag` frames later. */
function product(one: Float64Array, other: Float64Array, lag: number): number {
  let sum = 0
  for (let at = Math.max(0, -lag); at < one.length - Math.max(0, lag); at++) sum += one[at]! * other[at + lag]!
  return sum / one.length
}

/** How long letters, strokes and lifts take, in frames, and how hard the tip presses. */
function ofStrokes(force: Float64Array, letters: number): number[] {
  const touches = force.map((newtons) => Number(newtons > TOUCH))
  const first = touches.indexOf(1)
  const span = Math.max(1, touches.lastIndexOf(1) - first + 1)
  const pressed = force.filter((newtons) => newtons > TOUCH)
  const lifts = touches.reduce(
    (count, touch, at) => count + (at > 0 && touch === 0 && touches[at - 1] === 1 ? 1 : 0),
    0,
  )
  const pressure = meanOf(pressed)
  const spread = pressed.length > 0 ? deviation(pressed) : 0
  return [
    Math.log(span / letters),
    pressed.length / span,
    lifts / letters,
    Math.log((pressed.length + 1) / (lifts + 1)),
    Math.log((span - pressed.length + 1) / (lifts + 1)),
    Math.log(pressure + 0.01),
    spread / (pressure + 0.01),
    Math.log(letters),
  ]
}

function ofLayer({ shape, values }: NamedArray, row: number, frames: number): number[] {
  const [, time, width] = shape as [number, number, number]
  return Array.from({ length: width }, (_, unit) => {
    let [sum, squares] = [0, 0]
    for (let frame = 0; frame < frames; frame++) {
      const value = values[(row * time + frame) * width + unit]!
      sum += value
      squares += value * value
    }
    const mean = sum / frames
    return [mean, Math.sqrt(Math.max(0, squares / frames - mean * mean))] as const
  }).flat()
}

function meanOf(values: ArrayLike<number>): number {
  return values.length === 0 ? 0 : mean(values)
}
