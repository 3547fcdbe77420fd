import { meanOf, accelerations, type Samples } from './course.ts'
import { accelerometerOf, turnedAboutZ } from '../../ml/data/pose.ts'
import { triads } from '../../ml/data/triads.ts'

/** What is done to recordings of held-out writers before a trained network reads them once more. */
export const ALTERATIONS = {
  turned: 'rolled by 60°',
  short: 'a quarter cut off',
  fast: 'twice as fast',
  'upside down': 'tip up',
} as const
export type Alteration = keyof typeof ALTERATIONS

/** Of both ends together, this share is cut off. */
const CUT = 0.25
const FASTER = 2

/** Recordings as they would be if the pen had been held, or the recording made, otherwise. */
export function altered(samples: Samples, how: Alteration): Samples {
  const { values, channels } = samples
  const width = channels.length
  const frames = values.length / width
  switch (how) {
    case 'turned':
      return { ...samples, values: turnedAboutZ(values, channels, Math.PI / 3) }
    case 'short': {
      const cut = Math.floor((frames * CUT) / 2)
      return { ...samples, values: values.slice(cut * width, (frames - cut) * width) }
    }
    case 'fast':
      return { ...samples, values: faster(samples) }
    case 'upside down':
      return { ...samples, values: halfTurned(samples) }
  }
}

/**
 * The same path in less time: movement is felt by the square of the speed, rotation by the speed, gravity as before.
 */
function faster({ values, channels }: Samples): Float32Array {
  const width = channels.length
  const frames = Math.floor(values.length / width / FASTER)
  const gravity = meanOf(accelerations(values, channels))
  const front = accelerometerOf(channels)!
  const result = new Float32Array(frames * width)
  for (let frame = 0; frame < frames; frame++) {
    channels.forEach(({ unit }, c) => {
      const value = values[frame * FASTER * width + c]!
      const still = gravity[front.indexOf(c)] ?? 0
      result[frame * width + c] =
        unit === 'g' ? still + FASTER ** 2 * (value - still) : unit === 'deg/s' ? FASTER * value : value
    })
  }
  return result
}

/** Turned by half about x: the tip points to where the end was. */
function halfTurned({ values, channels }: Samples): Float32Array {
  const result = values.slice()
  for (const [, y, z] of triads(channels.map(({ name }) => name)))
    for (let row = 0; row < values.length; row += channels.length)
      for (const axis of [y, z]) result[row + axis] = 0 - values[row + axis]!
  return result
}
