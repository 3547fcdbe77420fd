import { PEN_CHANNELS, type Channel, type FrameBlock, type Signal } from '../../src/shared/signal.ts'

/** Frames `from` and the following: every value tells its frame and channel. */
export function frames(from: number, count: number, channels: readonly Channel[] = PEN_CHANNELS): FrameBlock {
  return {
    channels,
    count,
    values: Float32Array.from(
      { length: count * channels.length },
      (_, i) => from + Math.floor(i / channels.length) + (i % channels.length) / 64,
    ),
    deviceMicros: Float64Array.from({ length: count }, (_, i) => (from + i) * 10_000),
    hostMillis: Float64Array.from({ length: count }, (_, i) => 1_700_000_000_000 + (from + i) * 10),
    lostBefore: new Uint32Array(count),
  }
}

export function signal(count: number, channels: readonly Channel[] = PEN_CHANNELS): Signal {
  const { values, deviceMicros, hostMillis } = frames(0, count, channels)
  return { channels, rateHz: 100, frames: count, values, deviceMicros, hostMillis, gaps: [] }
}
