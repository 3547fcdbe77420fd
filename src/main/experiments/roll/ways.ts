import type { LongAxis } from '../../../shared/api/devices.ts'
import { mixingsOf } from '../../../shared/mounting.ts'
import { level } from '../../ml/data/pose.ts'
import { aligned } from './aligned.ts'
import { fusedGravity, slowGravity, turnedAlong, type Samples } from './course.ts'

/** Ways to deal with how a pen was held, each with what it should do and why, written before anything was measured. */
export const WAYS = {
  'as held':
    'the network has to learn every way of holding: worst for writers it never saw, and lost once the pen is ' +
    'rolled',
  mean:
    'one angle a recording: best with many writers, and the same however the pen is rolled; no gain for a ' +
    'single writer, whose hold tells strokes apart',
  'mean, axis found':
    'the same as the mean for a pen (digits), worse for a pointer that is held level (letters in the air), ' +
    'whose axis of most gravity is not its long one',
  'low pass':
    'follows a pen that rolls while it writes, but takes slow strokes for posture: a little worse than the ' +
    'mean on single letters of 1 to 3 s',
  fusion:
    'follows a rolling pen without that fault, since rotation is measured: as good as the mean, better where ' +
    'the pen rolls',
  'full alignment':
    'takes tilt and azimuth out as well: better than the mean if the direction of writing is found reliably; ' +
    'in a single letter the main direction is a property of the letter, so worse',
} as const
export type Way = keyof typeof WAYS

/**
 * Samples as a way has them; `axis` is the long axis of their board, where it was found. Null where a sensor is missing
 * for it.
 */
export function posed(samples: Samples, way: Way, axis: LongAxis | null): Float32Array | null {
  const { values, channels, rateHz } = samples
  switch (way) {
    case 'as held':
      return values
    case 'mean':
      return level(values, channels, rateHz).values
    case 'mean, axis found':
      return axis && level(mounted(samples, axis), channels, rateHz).values
    case 'low pass':
      return turnedAlong(samples, slowGravity(samples))
    case 'fusion': {
      const gravity = fusedGravity(samples)
      return gravity && turnedAlong(samples, gravity)
    }
    case 'full alignment':
      return aligned(samples)
  }
}

function mounted({ values, channels }: Samples, longAxis: LongAxis): Float32Array {
  const result = values.slice()
  for (const { channels: names, matrix } of mixingsOf({ longAxis }, channels)) {
    const at = names.map((name) => channels.findIndex((channel) => channel.name === name))
    for (let row = 0; row < values.length; row += channels.length)
      at.forEach((to, i) => {
        result[row + to] = at.reduce((sum, from, k) => sum + matrix[3 * i + k]! * values[row + from]!, 0)
      })
  }
  return result
}
