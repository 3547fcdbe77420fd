import { KeyedRandom, textKey } from '../../random/keyed.ts'
import type { Random } from '../../random/random.ts'
import type { Example } from '../../ml/data/types.ts'
import type { WordImage } from '../../simulator/ink.ts'
import type { WordImageSource } from '../../words/images.ts'

/** Ten classes of sinusoids, by frequency; the labels are their digits. */
export const SINUSOIDS: readonly string[] = [...'0123456789']

/**
 * Frames of a series, and oscillations in it: class k has `FIRST + k` of them (ours: the paper's frequencies are not
 * known here). Whole oscillations apart, so that a reader who knew the sinusoids would hardly err up to a noise of 1.5.
 */
const FRAMES = 96
const FIRST = 2

const SERIES = textKey('sinusoid')
const FIELD = textKey('gramian field')

/** A sinusoid of a class with random phase and amplitude and normal noise of the given deviation. */
export function sinusoid(label: string, noise: number, random: Random, frames = FRAMES): Float32Array {
  const oscillations = FIRST + SINUSOIDS.indexOf(label)
  const phase = random.between(0, 2 * Math.PI)
  const amplitude = random.between(0.8, 1.2)
  return Float32Array.from(
    { length: frames },
    (_, t) => amplitude * Math.sin(phase + (2 * Math.PI * oscillations * t) / frames) + noise * random.normal(),
  )
}

/** Noisy series of all classes, `perClass` of each, as recordings of one channel. */
export function sinusoids(perClass: number, noise: number, seed: number): Example[] {
  return SINUSOIDS.flatMap((label, index) =>
    Array.from({ length: perClass }, (_, at): Example => ({
      id: index * perClass + at + 1,
      writerId: 1,
      writerName: 'synthetic',
      label,
      target: [index],
      frames: FRAMES,
      values: sinusoid(label, noise, new KeyedRandom(seed, SERIES, index, at)),
    })),
  )
}

/**
 * Gramian angular summation field (Wang and Oates 2015): `cos(phi_i + phi_j)` with `phi = acos` of the series scaled to
 * -1 … 1. Written as a grey picture: 255 stands for -1, 0 for 1.
 */
export function gramianField(series: Float32Array): WordImage {
  const size = series.length
  const low = series.reduce((a, b) => Math.min(a, b))
  const high = series.reduce((a, b) => Math.max(a, b))
  const scaled = series.map((value) => (high === low ? 0 : (2 * (value - low)) / (high - low) - 1))
  const sines = scaled.map((value) => Math.sqrt(Math.max(0, 1 - value * value)))
  const pixels = new Uint8Array(size * size)
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++)
      pixels[i * size + j] = Math.round(127.5 * (1 - (scaled[i]! * scaled[j]! - sines[i]! * sines[j]!)))
  return { width: size, height: size, pixels }
}

/**
 * Share of series that the best reader gets wrong: one who knows the ten sinusoids and takes the likeliest, phase and
 * amplitude free (the largest of ten periodogram values). What is left to learn lies above it.
 */
export function leastError(examples: readonly Example[]): number {
  const wrong = examples.filter(({ values, target }) => {
    const powers = SINUSOIDS.map((_, index) => {
      let [sine, cosine] = [0, 0]
      for (let t = 0; t < values.length; t++) {
        const angle = (2 * Math.PI * (FIRST + index) * t) / values.length
        sine += values[t]! * Math.sin(angle)
        cosine += values[t]! * Math.cos(angle)
      }
      return sine ** 2 + cosine ** 2
    })
    return powers.indexOf(Math.max(...powers)) !== target[0]
  })
  return wrong.length / examples.length
}

/** Gramian angular fields of sinusoids with a little noise: the images of the synthetic experiment. */
export function fieldImages(noise: number, size = 32): WordImageSource {
  return {
    height: size,
    image: (label, seed) => gramianField(sinusoid(label, noise, new KeyedRandom(FIELD, textKey(label), seed), size)),
  }
}
