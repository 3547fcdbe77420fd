import type { SensorCalibrationNote, DeviceProfile, Mixing } from '../../../shared/api/devices.ts'
import { mixingsOf } from '../../../shared/mounting.ts'
import { solve } from './linear.ts'
import type { Signal } from '../../../shared/signal.ts'

/**
 * Corrections of one sensor, in the units the profile gave so far without its mixing: first the bias is taken away,
 * then the rest.
 */
export interface Correction {
  sensor: string
  bias: readonly number[]
  scale?: readonly number[]
  matrix?: readonly number[]
}

/** The profile with corrections in it: biases and scales of its channels, and the mixing of their sensors. */
export function corrected(
  profile: DeviceProfile,
  corrections: readonly Correction[],
  note: SensorCalibrationNote,
): DeviceProfile {
  const channels = profile.channels.map((channel) => {
    const axis = ['x', 'y', 'z'].findIndex((each) =>
      corrections.some(({ sensor }) => channel.name === `${sensor}_${each}`),
    )
    const correction = corrections.find(({ sensor }) => channel.name.startsWith(`${sensor}_`))
    if (axis === -1 || correction === undefined) return channel
    // (raw * scale - bias) * gain = (raw - bias / scale) * scale * gain
    return {
      ...channel,
      bias: correction.bias[axis]! / channel.scale,
      scale: channel.scale * (correction.scale?.[axis] ?? 1),
    }
  })
  const renewed = new Set(corrections.map(({ sensor }) => `${sensor}_x`))
  const mixing: Mixing[] = [
    ...(profile.mixing ?? []).filter((mix) => !renewed.has(mix.channels[0])),
    ...corrections.flatMap(({ sensor, matrix }) =>
      matrix === undefined
        ? []
        : [
            {
              channels: [`${sensor}_x`, `${sensor}_y`, `${sensor}_z`] satisfies Mixing['channels'],
              matrix: [...matrix],
            },
          ],
    ),
  ]
  const { mixing: _, ...rest } = profile
  return { ...rest, channels, ...(mixing.length > 0 ? { mixing } : {}), calibrated: note }
}

/**
 * What the device sent, out of what its profile made of it: the inverse of mounting, mixing, scale and bias. Samples
 * are stored in units as float32, beside the profile they were made with: whole counts come back exactly when they are
 * rounded, fractions to the rounding of float32 (docs/store.md says how far).
 */
export function uncorrected(
  signal: Signal,
  profile: Pick<DeviceProfile, 'channels' | 'mixing' | 'longAxis'>,
): Float32Array {
  const width = signal.channels.length
  const known = new Map(profile.channels.map((channel) => [channel.name, channel]))
  const places = mixingsOf(profile, signal.channels)
    .toReversed()
    .map(({ channels, matrix }) => ({
      at: channels.map((name) => signal.channels.findIndex((channel) => channel.name === name)),
      inverse: inverseOf(matrix),
    }))
  const values = Float64Array.from(signal.values)
  for (let from = 0; from < values.length; from += width) {
    for (const { at, inverse } of places) {
      if (at.includes(-1)) continue
      const mixed = at.map((c) => values[from + c]!)
      at.forEach((c, i) => (values[from + c] = inverse[i]!.reduce((sum, each, k) => sum + each * mixed[k]!, 0)))
    }
    signal.channels.forEach(({ name, unit }, c) => {
      const channel = known.get(name)
      if (channel?.unit === unit) values[from + c] = values[from + c]! / channel.scale + channel.bias
    })
  }
  return Float32Array.from(values)
}

function inverseOf(matrix: readonly number[]): number[][] {
  const rows = [0, 3, 6].map((row) => matrix.slice(row, row + 3))
  const columns = [0, 1, 2].map(
    (i) =>
      solve(
        rows,
        [0, 1, 2].map((j) => (i === j ? 1 : 0)),
      ) ?? [NaN, NaN, NaN],
  )
  return [0, 1, 2].map((i) => columns.map((column) => column[i]!))
}
