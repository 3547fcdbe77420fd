import type { FrameBlock, Signal } from '../../../shared/signal.ts'
import { timesOf } from '../../signal/times.ts'

/**
 * Recordings one after the other as one stream, `rest` seconds apart, as a person writes them.
 * In between the pen lies still: accelerometers and magnetometer keep the last value, gyroscope and force are zero.
 * Device time runs from 0; `hostMillis` is NaN until somebody delivers the frames. Gaps stay gaps.
 */
export function* replayedFrames(signals: Iterable<Signal>, rest: number): Generator<FrameBlock> {
  let startMicros = 0
  for (const signal of signals) {
    if (signal.frames === 0) continue
    const times = timesOf(signal)
    const period = 1e6 / signal.rateHz
    const lostBefore = new Uint32Array(signal.frames)
    for (const gap of signal.gaps) if (gap.at > 0 && gap.at < signal.frames) lostBefore[gap.at] = gap.lost
    yield {
      channels: signal.channels,
      count: signal.frames,
      values: signal.values,
      deviceMicros: Float64Array.from(times, (time) => startMicros + Math.round(time * 1e6)),
      hostMillis: new Float64Array(signal.frames).fill(NaN),
      lostBefore,
    }
    startMicros += Math.round(times[signal.frames - 1]! * 1e6 + period)
    const still = restFrames(signal, Math.round(rest * signal.rateHz), startMicros)
    if (still.count > 0) yield still
    startMicros += Math.round(still.count * period)
  }
}

function restFrames(signal: Signal, count: number, startMicros: number): FrameBlock {
  const width = signal.channels.length
  const last = signal.values.subarray((signal.frames - 1) * width, signal.frames * width)
  const still = last.map((value, index) => (/^(gyro|force)/.test(signal.channels[index]!.name) ? 0 : value))
  const values = new Float32Array(count * width)
  for (let i = 0; i < count; i++) values.set(still, i * width)
  return {
    channels: signal.channels,
    count,
    values,
    deviceMicros: Float64Array.from(
      { length: count },
      (_, index) => startMicros + Math.round((index * 1e6) / signal.rateHz),
    ),
    hostMillis: new Float64Array(count).fill(NaN),
    lostBefore: new Uint32Array(count),
  }
}
