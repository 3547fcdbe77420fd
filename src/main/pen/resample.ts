import type { Signal } from '../../shared/signal.ts'

/** Decimating by more than this folds a telling part of the spectrum down, so a low-pass comes first. */
const ANTI_ALIAS_FROM = 1.5
/** Half the length of the low-pass, in periods of the target rate. */
const HALF_TAPS = 4

/**
 * A signal at `rateHz`, evenly spaced, with gaps filled by linear interpolation.
 * Time is the device's own where every frame has it and it runs forward, else frames and gaps counted at the signal's rate.
 * When the rate falls by more than 1.5 a windowed-sinc low-pass (Hamming, cut at 0.45 of the target rate) comes first;
 * below that the plain interpolation does: what little folds over lies in the top third of the band.
 */
export function resample(signal: Signal, rateHz: number): Signal {
  if (!(rateHz > 0)) throw new RangeError(`cannot resample to ${rateHz} Hz`)
  const times = timesOf(signal)
  if (signal.rateHz / rateHz <= ANTI_ALIAS_FROM) return interpolate(signal, times, rateHz)
  const even = interpolate(signal, times, signal.rateHz)
  const smooth = { ...even, values: lowPass(even.values, even.channels.length, signal.rateHz / rateHz) }
  const evenTimes = Float64Array.from({ length: even.frames }, (_, frame) => frame / signal.rateHz)
  return interpolate(smooth, evenTimes, rateHz)
}

/** Seconds from the first frame to each frame. */
export function timesOf(signal: Signal): Float64Array {
  const { frames, deviceMicros } = signal
  const times = new Float64Array(frames)
  let running = frames > 0 && Number.isFinite(deviceMicros[0])
  for (let i = 1; i < frames && running; i++) {
    times[i] = (deviceMicros[i]! - deviceMicros[0]!) / 1e6
    running = times[i]! > times[i - 1]!
  }
  if (running) return times
  const lostBefore = new Map(signal.gaps.map((gap) => [gap.at, gap.lost]))
  let slot = 0
  for (let i = 0; i < frames; i++) {
    if (i > 0) slot += 1 + (lostBefore.get(i) ?? 0)
    times[i] = slot / signal.rateHz
  }
  return times
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
    const between = (from: ArrayLike<number>, a: number, b: number) => (share === 0 ? from[a]! : from[a]! * (1 - share) + from[b]! * share)
    for (let c = 0; c < width; c++) values[frame * width + c] = between(signal.values, left * width + c, right * width + c)
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
