import type { Batch } from '../../src/main/compute/engine/types.ts'
import { namedConfig, type ModelConfig, type ModelName } from '../../src/main/ml/models/index.ts'

export const MODELS = ['ott', 'rewi-s', 'rewi'] as const satisfies readonly ModelName[]
export type Measured = (typeof MODELS)[number]

export const CHANNELS = 13
export const CLASSES = 60

/**
 * The networks exactly as `torch_step.py` builds them: its REWI has as many depthwise channels as a stage has, and
 * affine norms. (The app's own `rewi-s` and `rewi` have the published, larger size.)
 */
export function comparedConfig(name: Measured): ModelConfig {
  const config = namedConfig(name, { channels: CHANNELS, classes: CLASSES })
  return config.kind === 'rewi' ? { ...config, expand: 1, affine: true } : config
}

/** A batch of noise with labels of six letters, as in `torch_step.py`. */
export function noise(lengths: Int32Array): Batch {
  const rows = lengths.length
  const time = Math.max(...lengths)
  const x = new Float32Array(rows * time * CHANNELS)
  let state = 1
  for (const [row, length] of lengths.entries()) {
    for (let i = 0; i < length * CHANNELS; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) | 0
      x[row * time * CHANNELS + i] = (state / 2 ** 31) * 1.7
    }
  }
  const labels = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: 6 }, (_, i) => 1 + ((row * 7 + i * 11) % (CLASSES - 1))),
  )
  return { rows, time, channels: CHANNELS, x, lengths, labels }
}

export function equalLengths(rows: number, frames: number): Int32Array {
  return new Int32Array(rows).fill(frames)
}

/** Lengths of real words: log-normal with median 182 and 90th percentile 330 frames, at evenly spaced quantiles. */
export function wordLengths(rows: number): Int32Array {
  const spread = Math.log(330 / 182) / 1.2816
  return Int32Array.from({ length: rows }, (_, row) =>
    Math.round(182 * Math.exp(spread * normalQuantile((row + 0.5) / rows))),
  ).sort()
}

/** Quantile of the normal law by bisection of its distribution. */
function normalQuantile(probability: number): number {
  let [low, high] = [-6, 6]
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2
    if (distribution(middle) < probability) low = middle
    else high = middle
  }
  return low
}

function distribution(x: number): number {
  // Simpson's rule from 0.
  const steps = 200
  const h = x / steps
  let sum = 0
  for (let i = 0; i <= steps; i++)
    sum += Math.exp(-((i * h) ** 2) / 2) * (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2)
  return 0.5 + (sum * h) / 3 / Math.sqrt(2 * Math.PI)
}
