import type { DeviceProfile } from '../../src/shared/api/devices.ts'
import { BUILT_IN_PROFILES } from '../../src/main/pen/profiles/built-in.ts'
import { PEN_CHANNELS, type Signal } from '../../src/shared/signal.ts'

export const PEN: DeviceProfile = BUILT_IN_PROFILES.find(({ id }) => id === 'pen-frame')!
const FORCE = PEN_CHANNELS.length - 1

/**
 * A virtual word at 100 Hz: noise on every sensor, the tip down in the middle, a tenth of a second of rest at both
 * ends.
 */
export function word(frames = 150, seed = 1): Signal {
  let state = seed
  const noise = () => ((state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5) * 0.4
  const width = PEN_CHANNELS.length
  const values = Float32Array.from({ length: frames * width }, (_, i) => {
    const frame = Math.floor(i / width)
    return i % width === FORCE ? (frame < 10 || frame >= frames - 10 ? 0 : 1.5 + noise()) : noise()
  })
  return {
    channels: PEN_CHANNELS,
    rateHz: 100,
    frames,
    values,
    deviceMicros: Float64Array.from({ length: frames }, (_, i) => i * 10_000),
    hostMillis: Float64Array.from({ length: frames }, (_, i) => 1_700_000_000_000 + i * 10),
    gaps: [],
  }
}

/** The same word with some samples changed. */
export function changed(signal: Signal, change: (value: number, frame: number, channel: string) => number): Signal {
  const width = signal.channels.length
  return {
    ...signal,
    values: signal.values.map((value, i) => change(value, Math.floor(i / width), signal.channels[i % width]!.name)),
  }
}
