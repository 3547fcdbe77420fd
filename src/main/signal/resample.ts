import { KalamosError } from '../../shared/errors.ts'
import { isRate, type Signal } from '../../shared/signal.ts'
import { LONGEST_GAP_S, timesOf, usualStep } from './times.ts'

/** Decimating by more than this folds a telling part of the spectrum down, so a low-pass comes first. */
const ANTI_ALIAS_FROM = 1.5
/** Half the length of the low-pass, in periods of the target rate. */
const HALF_TAPS = 4
/** A declared rate that is further off than this share is not believed beside times that say otherwise. */
const RATE_OFF = 0.2
/** Of what is left of a recording, this many times as much may be filled in. */
const FILLED_MOST = 10
/** More frames than this are never made: eleven hours at 100 Hz. */
const FRAMES_MOST = 4_000_000

/**
 * A signal at `rateHz`, evenly spaced, with gaps filled by linear interpolation.
 * Time is as `timesOf` has it.
 * When the rate falls by more than 1.5 a windowed-sinc low-pass (Hamming, cut at 0.45 of the target rate) comes first;
 * below that the plain interpolation does: what little folds over lies in the top third of the band.
 * Throws `invalid-input` where the rate is none, or gaps are too long to be filled.
 */
export function resample(signal: Signal, rateHz: number): Signal {
  if (!(rateHz > 0)) throw new RangeError(`cannot resample to ${rateHz} Hz`)
  const times = timesOf(signal)
  const own = rateOf(signal, times)
  check(times, own, rateHz)
  if (own / rateHz <= ANTI_ALIAS_FROM) return interpolate(signal, times, rateHz)
  const even = interpolate(signal, times, own)
  const smooth = { ...even, values: lowPass(even.values, even.channels.length, own / rateHz) }
  const evenTimes = Float64Array.from({ length: even.frames }, (_, frame) => frame / own)
  return interpolate(smooth, evenTimes, rateHz)
}

/**
 * The declared rate, or the one that the times have where that is another: evening out at a rate that was never there
 * would make any number of frames.
 */
function rateOf(signal: Signal, times: Float64Array): number {
  const measured = 1 / usualStep(times)
  return isRate(measured) && !(Math.abs(measured / signal.rateHz - 1) <= RATE_OFF) ? measured : signal.rateHz
}

/**
 * Time must not decide how much memory a word takes: each gap is bounded, and all of them together by what was
 * recorded.
 */
function check(times: Float64Array, own: number, rateHz: number): void {
  if (!isRate(own))
    throw new KalamosError(
      'invalid-input',
      'the recording has a rate that no pen has',
      'Delete it, and import it again from its file.',
    )
  const longest = times.reduce((most, time, i) => (i === 0 ? 0 : Math.max(most, time - times[i - 1]!)), 0)
  const [recorded, span] = [times.length / own, times.at(-1) ?? 0]
  if (longest > LONGEST_GAP_S || span > FILLED_MOST * recorded + LONGEST_GAP_S) {
    throw new KalamosError(
      'invalid-input',
      `the recording has a gap of more than ${LONGEST_GAP_S} s, or is hardly more than gaps`,
      'Part it at the gap, or record it again.',
    )
  }
  if (span * rateHz > FRAMES_MOST)
    throw new KalamosError('invalid-input', 'the recording is too long to be read as one word', 'Part it into words.')
}

function interpolate(signal: Signal, times: Float64Array, rateHz: number): Signal {
  const width = signal.channels.length
  const last = signal.frames - 1
  const frames = signal.frames === 0 ? 0 : Math.floor(times[last]! * rateHz + 1e-6) + 1
  const values = new Float32Array(frames * width)
  const deviceMicros = new Float64Array(frames)
  const hostMillis = new Float64Array(frames)
  let left = 0
  for (let frame = 0; frame < frames; frame++) {
    const time = frame / rateHz
    while (left < last - 1 && times[left + 1]! <= time) left++
    const right = Math.min(left + 1, last)
    const span = times[right]! - times[left]!
    const share = span > 0 ? Math.min(1, Math.max(0, (time - times[left]!) / span)) : 0
    const between = (from: ArrayLike<number>, a: number, b: number) =>
      share === 0 ? from[a]! : from[a]! * (1 - share) + from[b]! * share
    for (let c = 0; c < width; c++)
      values[frame * width + c] = between(signal.values, left * width + c, right * width + c)
    deviceMicros[frame] = between(signal.deviceMicros, left, right)
    hostMillis[frame] = between(signal.hostMillis, left, right)
  }
  return { channels: signal.channels, rateHz, frames, values, deviceMicros, hostMillis, gaps: [] }
}

/** Low-pass along time of `[frames, width]` at 0.45 / ratio of the rate; weights are renormalised at the ends. */
function lowPass(values: Float32Array, width: number, ratio: number): Float32Array {
  const half = Math.ceil(HALF_TAPS * ratio)
  const cut = 0.45 / ratio
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, index) => {
    const n = index - half
    const sinc = n === 0 ? 2 * cut : Math.sin(2 * Math.PI * cut * n) / (Math.PI * n)
    return sinc * (0.54 + 0.46 * Math.cos((Math.PI * n) / half))
  })
  const frames = values.length / width
  const out = new Float32Array(values.length)
  const sums = new Float64Array(width)
  for (let frame = 0; frame < frames; frame++) {
    sums.fill(0)
    let weight = 0
    const [from, to] = [Math.max(0, frame - half), Math.min(frames - 1, frame + half)]
    for (let at = from; at <= to; at++) {
      const tap = taps[at - frame + half]!
      weight += tap
      for (let c = 0; c < width; c++) sums[c]! += tap * values[at * width + c]!
    }
    for (let c = 0; c < width; c++) out[frame * width + c] = sums[c]! / weight
  }
  return out
}
