import type { Segmentation } from '../../shared/api/devices.ts'
import { KalamosError } from '../../shared/errors.ts'
import { say } from '../../shared/messages/index.ts'
import type { Channel } from '../../shared/signal.ts'
import type { Activity } from './types.ts'
import { createVibration } from './vibration.ts'

/** Gravity is what stays of the acceleration over about this time. */
const GRAVITY_MS = 1000

/** Fewer frames a second hold nothing that could be told from the movement of the hand. */
const VIBRATION_HZ = 80

/**
 * Force is the tip force itself. Vibration is what writing shakes the pen by, beyond the movement of the hand: of the
 * acceleration (g) where there is an accelerometer, else of the turning rate (deg/s); see `createVibration`. Motion is
 * the length of the turning rate (deg/s) where there is a gyroscope, else of the acceleration (g) with gravity, its
 * running mean, taken away. Throws `device-unsuitable` where the channels for it are missing, or there are too few
 * frames a second for vibration.
 */
export function createActivity(by: Segmentation['by'], channels: readonly Channel[], rateHz: number): Activity {
  if (by === 'force') return forceOf(channels)
  const gyro = positions(channels, /^gyro_[xyz]$/)
  const acc = positions(channels, /^acc1_[xyz]$/)
  if (by === 'vibration') return vibrationOf(acc.length > 0 ? acc : gyro, rateHz)
  if (gyro.length > 0) return (values, offset) => length(gyro.map((at) => values[offset + at]!))
  if (acc.length > 0) return accelerationWithoutGravity(acc, rateHz)
  throw new KalamosError(
    'device-unsuitable',
    say('record.words-cannot-told-apart'),
    say('record.let-profile-cut-words'),
  )
}

function forceOf(channels: readonly Channel[]): Activity {
  const [at] = positions(channels, /^force$/)
  if (at !== undefined) return (values, offset) => values[offset + at]!
  throw new KalamosError(
    'device-unsuitable',
    say('record.words-cannot-told-apart-force'),
    say('record.let-profile-cut-words-motion'),
  )
}

function vibrationOf(axes: readonly number[], rateHz: number): Activity {
  if (axes.length === 0) {
    throw new KalamosError(
      'device-unsuitable',
      say('record.words-cannot-told-apart-vibration'),
      say('record.let-profile-cut-words'),
    )
  }
  if (rateHz < VIBRATION_HZ) {
    throw new KalamosError(
      'device-unsuitable',
      say('record.words-cannot-told-apart-vibration-frames', { rateHz: Math.round(rateHz), vibrationHz: VIBRATION_HZ }),
      say('record.let-profile-cut-words-motion'),
    )
  }
  return createVibration(axes, rateHz)
}

function accelerationWithoutGravity(axes: readonly number[], rateHz: number): Activity {
  const share = Math.min(1, 1000 / rateHz / GRAVITY_MS)
  let gravity: number[] | undefined
  return (values, offset) => {
    const now = axes.map((at) => values[offset + at]!)
    gravity = gravity?.map((mean, i) => mean + share * (now[i]! - mean)) ?? now
    return length(now.map((value, i) => value - gravity![i]!))
  }
}

function positions(channels: readonly Channel[], pattern: RegExp): number[] {
  return channels.flatMap((channel, at) => (pattern.test(channel.name) ? [at] : []))
}

function length(vector: readonly number[]): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
}
