import type { Change } from './types.ts'

const SLOWEST = 0.8
const FASTEST = 1.25

/** Plays the whole recording 0.8 to 1.25 times as fast; both directions are equally likely. */
export const tempo: Change = ({ values, names }, random) => {
  const speed = Math.exp(random.between(Math.log(SLOWEST), Math.log(FASTEST)))
  const frames = values.length / names.length
  const wanted = Math.max(1, Math.round(frames / speed))
  return sampleAt(
    values,
    names.length,
    Float64Array.from({ length: wanted }, (_, i) => (wanted === 1 ? 0 : (i * (frames - 1)) / (wanted - 1))),
  )
}

/** Parts of a warped recording that have a speed of their own. (assumed) */
const WARP_PARTS = 4
/** The fastest part plays at most this many times as fast as the slowest. (assumed) */
const WARP_RATIO = 2

/** Speeds some parts up and slows others down; the length stays (time warp of REWI). */
export const warp: Change = ({ values, names }, random) => {
  const frames = values.length / names.length
  const speeds = Array.from({ length: WARP_PARTS }, () => random.between(1, WARP_RATIO))
  const total = speeds.reduce((sum, speed) => sum + speed, 0)
  const knots = [0]
  for (const speed of speeds) knots.push(knots.at(-1)! + ((frames - 1) * speed) / total)
  const positions = Float64Array.from({ length: frames }, (_, i) => {
    const along = frames === 1 ? 0 : (i * WARP_PARTS) / (frames - 1)
    const part = Math.min(WARP_PARTS - 1, Math.floor(along))
    return knots[part]! + (knots[part + 1]! - knots[part]!) * (along - part)
  })
  return sampleAt(values, names.length, positions)
}

/** Values at fractional frames, linearly between neighbours. */
function sampleAt(values: Float32Array, width: number, positions: Float64Array): Float32Array {
  const last = values.length / width - 1
  const result = new Float32Array(positions.length * width)
  positions.forEach((position, row) => {
    const before = Math.min(last, Math.max(0, Math.floor(position)))
    const after = Math.min(last, before + 1)
    const share = Math.min(1, Math.max(0, position - before))
    for (let k = 0; k < width; k++) {
      result[row * width + k] = values[before * width + k]! * (1 - share) + values[after * width + k]! * share
    }
  })
  return result
}
