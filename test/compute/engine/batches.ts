import type { Batch } from '../../../src/main/compute/engine/types.ts'

/** Random numbers from a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A batch of noise with words of 1 to 3 letters; `lengths` are the frames of its rows. */
export function noiseBatch(lengths: number[], { channels = 13, classes = 10, seed = 1 } = {}): Batch {
  const draw = random(seed)
  const time = Math.max(...lengths)
  const x = new Float32Array(lengths.length * time * channels)
  lengths.forEach((length, row) => {
    for (let i = 0; i < length * channels; i++) x[row * time * channels + i] = 2 * draw() - 1
  })
  const labels = lengths.map(() =>
    Array.from({ length: 1 + Math.floor(draw() * 3) }, () => 1 + Math.floor(draw() * (classes - 1))),
  )
  return { rows: lengths.length, time, channels, x, lengths: Int32Array.from(lengths), labels }
}
