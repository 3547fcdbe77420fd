import type { Change } from './types.ts'

/** These work on z-scored values: 1 is a channel's standard deviation over the recording. */

/** Each channel a little stronger or weaker: a factor of 0.9 to 1.1. (assumed) */
export const scale: Change = ({ values, names }, random) => {
  const factors = names.map(() => random.between(0.9, 1.1))
  return values.map((value, at) => value * factors[at % names.length]!)
}

/** Sensor noise: additive, 0.05 of a channel's deviation. (assumed) */
export const noise: Change = ({ values }, random) => values.map((value) => value + 0.05 * random.normal())

/** Multiplicative noise of 0.05 (REWI). */
export const speckle: Change = ({ values }, random) => values.map((value) => value * (1 + 0.05 * random.normal()))

/** Turning points of a drift, and how far it goes. (assumed) */
const DRIFT_POINTS = 4
const DRIFT_REACH = 0.5

/** A slow wandering of each channel's zero (drift of REWI). */
export const drift: Change = ({ values, names }, random) => {
  const width = names.length
  const frames = values.length / width
  const result = values.slice()
  for (let channel = 0; channel < width; channel++) {
    const points = Array.from({ length: DRIFT_POINTS }, () => random.between(-DRIFT_REACH, DRIFT_REACH))
    for (let frame = 0; frame < frames; frame++) {
      const along = frames === 1 ? 0 : (frame * (DRIFT_POINTS - 1)) / (frames - 1)
      const part = Math.min(DRIFT_POINTS - 2, Math.floor(along))
      const smooth = (1 - Math.cos(Math.PI * (along - part))) / 2
      result[frame * width + channel]! += points[part]! * (1 - smooth) + points[part + 1]! * smooth
    }
  }
  return result
}

/** 5 to 10 frames in a row, at most a quarter of the recording, without a signal (dropout of REWI). */
export const blackout: Change = ({ values, names }, random) => {
  const frames = values.length / names.length
  const lost = Math.min(5 + random.below(6), Math.floor(frames / 4))
  const first = random.below(frames - lost + 1)
  return values.slice().fill(0, first * names.length, (first + lost) * names.length)
}
